package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An episode that goes on, as one receiver was told of it: what is needed to tell more of it when
 * its record on {@code tocsin.alerts} has long been committed.
 *
 * @param alert the firing
 * @param partition where its records come from; whoever reads that partition tells what follows
 * @param at when the receiver was told last that it fires
 * @param repetitions how often it was told so again
 * @param careOf who takes care of it, as the receiver was told last; null for nobody
 */
record Told(Alert alert, int partition, Instant at, int repetitions, @Nullable String careOf) {

  Told again(Instant now) {
    return new Told(alert, partition, now, repetitions + 1, null);
  }

  Told with(Acknowledgement acknowledgement) {
    return new Told(alert, partition, at, repetitions, acknowledgement.author());
  }

  /** Whether the receiver has yet to be told of it. */
  boolean lacks(Acknowledgement acknowledgement) {
    return !acknowledgement.author().equals(careOf);
  }
}
