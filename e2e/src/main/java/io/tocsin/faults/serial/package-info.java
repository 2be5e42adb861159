/** A plug that is pulled and put back, again and again. */
@NullMarked
package io.tocsin.faults.serial;

import org.jspecify.annotations.NullMarked;
