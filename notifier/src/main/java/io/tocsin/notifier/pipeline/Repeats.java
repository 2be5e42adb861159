package io.tocsin.notifier.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** When which episode is to be told again, each at most once ahead. Not thread-safe. */
final class Repeats {

  record Due(String episode, Instant at, Duration every) {}

  private final PriorityQueue<Due> inOrder = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final Map<String, Due> byEpisode = new HashMap<>();

  /** To be told again; a plan made before does not hold any more. Zero for never. */
  void plan(String episode, Instant told, Duration every) {
    if (every.isZero()) {
      byEpisode.remove(episode);
      return;
    }
    Due due = new Due(episode, told.plus(every), every);
    if (!due.equals(byEpisode.put(episode, due))) {
      inOrder.add(due);
    }
  }

  /** What is due by then, and no longer planned. */
  List<Due> takeDue(Instant now) {
    List<Due> taken = new ArrayList<>();
    while (!nextAt().isAfter(now)) {
      Due due = inOrder.remove();
      byEpisode.remove(due.episode());
      taken.add(due);
    }
    return taken;
  }

  /** When the first one is due; {@link Instant#MAX} when nothing is planned. */
  Instant nextAt() {
    Due first = inOrder.peek();
    while (first != null && !first.equals(byEpisode.get(first.episode()))) {
      inOrder.remove(); // planned anew, or given up
      first = inOrder.peek();
    }
    return first == null ? Instant.MAX : first.at();
  }
}
