/** An alert in words that every receiver shares. */
@NullMarked
package io.tocsin.notifier.message;

import org.jspecify.annotations.NullMarked;
