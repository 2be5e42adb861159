/**
 * From transitions on a topic to receivers: one {@link io.tocsin.notifier.pipeline.Pipeline}, one
 * lane for each receiver, and a delivery log that outlives the process.
 */
@NullMarked
package io.tocsin.notifier.pipeline;

import org.jspecify.annotations.NullMarked;
