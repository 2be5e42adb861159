/** Which alerts keep others from being told. */
@NullMarked
package io.tocsin.event.inhibit;

import org.jspecify.annotations.NullMarked;
