/** Kills everything at once. */
@NullMarked
package io.tocsin.faults.platform;

import org.jspecify.annotations.NullMarked;
