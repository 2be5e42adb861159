/**
 * When nobody wants to be told of what: ad hoc silences and maintenance windows, the records of
 * {@code tocsin.silences}.
 */
@NullMarked
package io.tocsin.event.silence;

import org.jspecify.annotations.NullMarked;
