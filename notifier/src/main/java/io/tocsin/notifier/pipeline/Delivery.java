package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert.Status;
import java.time.Instant;
import java.util.Set;
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
 * @param told the episode, while the receiver knows it as firing; else null
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
    @Nullable String reference,
    @Nullable Told told) {

  enum State {
    /** An attempt is under way or failed, and more are to come. */
    RETRYING,
    DELIVERED,
    /** The receiver will not take it; it is among the dead letters. */
    REJECTED,
    /** It was tried long enough; it is among the dead letters. */
    EXPIRED,
    /** It is over, and nobody was to be told while it fired; the reason says why. */
    SILENCED;

    boolean isFinal() {
      return this != RETRYING;
    }
  }

  /** Whether the receiver knows it as firing, and is told nothing else of it just now. */
  boolean isOpen() {
    return status == Status.FIRING && told != null;
  }

  /** Whether it is open and its records come from one of these partitions. */
  boolean isOpenIn(Set<Integer> partitions) {
    return status == Status.FIRING && told != null && partitions.contains(told.partition());
  }

  /** True when nothing is left to do for this transition of the episode. */
  boolean settles(Status asked) {
    return status.compareTo(asked) > 0 || (status == asked && state.isFinal());
  }
}
