/** From a transition on its topic to the call of a receiver. */
@NullMarked
package io.tocsin.benchmarks.notifier;

import org.jspecify.annotations.NullMarked;
