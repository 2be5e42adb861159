/** Alerts as lines on a terminal. */
@NullMarked
package io.tocsin.notifier.terminal;

import org.jspecify.annotations.NullMarked;
