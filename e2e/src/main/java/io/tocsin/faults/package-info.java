/** Breaks Tocsin on purpose and counts what is left; a short version of each runs in the tests. */
@NullMarked
package io.tocsin.faults;

import org.jspecify.annotations.NullMarked;
