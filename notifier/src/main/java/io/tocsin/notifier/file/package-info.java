/** Alerts as lines of a file. */
@NullMarked
package io.tocsin.notifier.file;

import org.jspecify.annotations.NullMarked;
