package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one receiver was told of one episode: an entry of the delivery log.
 *
 * @param status which transition this is about; a firing comes before its resolve
 * @param state how it stands
 * @param opened whether the receiver has been told of the firing
 * @param at when this was written
 * @param firstTriedAt when it was tried first
 * @param reason why it was not delivered; null when it was
 * @param reference see {@link Outcome.Delivered}; null when there is none
 */
record Delivery(
    String episode,
    String receiver,
    Status status,
    State state,
    boolean opened,
    Instant at,
    Instant firstTriedAt,
    @Nullable String reason,
    @Nullable String reference) {

  enum State {
    /** An attempt is under way or failed, and more are to come. */
    RETRYING,
    DELIVERED,
    /** The receiver will not take it; it is among the dead letters. */
    REJECTED,
    /** It was tried long enough; it is among the dead letters. */
    EXPIRED,
    /** It fired and resolved within silences; nobody was told, or will be. */
    SILENCED;

    boolean isFinal() {
      return this != RETRYING;
    }
  }

  /** True when nothing is left to do for this transition of the episode. */
  boolean settles(Status asked) {
    return status.compareTo(asked) > 0 || (status == asked && state.isFinal());
  }
}
