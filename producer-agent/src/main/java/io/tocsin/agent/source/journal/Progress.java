package io.tocsin.agent.source.journal;

import io.tocsin.agent.publish.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which cursor belongs to how much of the lane. Bounded by what the lane may hold: what is left out
 * takes no place of its own. Thread-safe.
 */
final class Progress {

  private record Mark(long place, String cursor) {}

  private final Lane lane;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long place;
  private @Nullable String acknowledged;

  Progress(Lane lane) {
    this.lane = lane;
  }

  /** What the lane is told to resume after the entry that is sent next. */
  synchronized long next() {
    return place + 1;
  }

  /** The entry was handed to the lane. */
  synchronized void sent(String cursor) {
    place++;
    marks.addLast(new Mark(place, cursor));
  }

  /** The entry is left out; the lane passes it with the one before. */
  synchronized void leftOut(String cursor) {
    place++;
    lane.skipTo(place);
    marks.pollLast();
    marks.addLast(new Mark(place, cursor));
  }

  /** Whether the broker has all that was handed to the lane. */
  synchronized boolean isSettled() {
    return lane.acknowledged() >= place;
  }

  /** The cursor of the last entry that, with all before it, is with the broker. */
  synchronized Optional<String> acknowledged() {
    long reached = lane.acknowledged();
    @Nullable Mark first = marks.peekFirst();
    while (first != null && first.place() <= reached) {
      acknowledged = first.cursor();
      marks.removeFirst();
      first = marks.peekFirst();
    }
    return Optional.ofNullable(acknowledged);
  }
}
