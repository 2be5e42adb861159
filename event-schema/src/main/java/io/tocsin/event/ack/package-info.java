/** Who takes care of an alert. */
@NullMarked
package io.tocsin.event.ack;

import org.jspecify.annotations.NullMarked;
