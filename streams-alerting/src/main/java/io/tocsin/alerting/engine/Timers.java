package io.tocsin.alerting.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which group has something to do next: by time, then by rule, then by group.
 *
 * <p>A group's due time moves with almost every record of an absence rule. Moving it back leaves
 * its entry alone: the entry is checked, and set anew, when its time comes.
 */
final class Timers {

  private record Entry(long due, GroupRef group) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::due)
              .thenComparing(entry -> entry.group.watch.rule().name())
              .thenComparing(entry -> entry.group.key));

  /** To be called whenever a group's due time may have moved. */
  void update(GroupRef group) {
    if (group.due < group.scheduled) {
      group.scheduled = group.due;
      entries.add(new Entry(group.due, group));
    }
  }

  /** The next group that has something to do; null when none has. */
  @Nullable GroupRef next() {
    for (Entry first = entries.peek(); first != null; first = entries.peek()) {
      GroupRef group = first.group;
      boolean current = first.due == group.scheduled;
      if (current && first.due == group.due) {
        return group;
      }
      entries.remove();
      if (current) {
        group.scheduled = Memory.NEVER;
        update(group);
      }
    }
    return null;
  }

  /** Takes the next group off; it is set again by {@link #update}. */
  void pop() {
    Entry first = entries.remove();
    first.group.scheduled = Memory.NEVER;
  }
}
