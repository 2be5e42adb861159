package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver is to be told about one episode.
 *
 * @param alert the transition; for {@link Kind#BRIEF} the resolved one, which holds both ends
 * @param reference what {@link Outcome.Delivered} gave when the same receiver was told of the
 *     firing; null when there is none
 */
public record Notification(Kind kind, Alert alert, @Nullable String reference) {

  /** What is told. */
  public enum Kind {
    /** An episode began. */
    FIRING,
    /** An episode this receiver knows of is over. */
    RESOLVED,
    /**
     * An episode began and is over, and this receiver knew nothing of it: it was away, or limited,
     * or the episode was shorter than a retry. Saying nothing would hide an incident.
     */
    BRIEF
  }
}
