package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** The values in the window, each with the time of its newest record: an entry a value. */
final class DistinctMemory implements Memory {

  /** More values than this in a window are not told apart from this many, unless asked for. */
  private static final int MOST = 100_000;

  /** A value and its newest time; in order of time. */
  private record Dated(long time, Hash128 value) implements Comparable<Dated> {
    @Override
    public int compareTo(Dated other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : value.compareTo(other.value);
    }
  }

  private final FieldPath of;
  private final long atLeast;
  private final long within;
  private final long most;
  private final GroupSpace space;
  private final LongConsumer forgotten;
  private final Map<Hash128, Long> newest = new HashMap<>();
  private final TreeSet<Dated> byTime = new TreeSet<>();

  DistinctMemory(Kind.Distinct kind, GroupSpace space, LongConsumer forgotten) {
    this.of = kind.of();
    this.atLeast = kind.atLeast();
    this.within = kind.within().millis();
    this.most = Math.max(MOST, atLeast);
    this.space = space;
    this.forgotten = forgotten;
  }

  @Override
  public void recall() {
    space.forEach(
        Tag.WINDOW, (key, value) -> remember(Hash128.read(key), new Packer.Reader(value).int64()));
  }

  @Override
  public boolean isLate(long ts, long groupClock) {
    return ts <= groupClock - within;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    Object value = record.field(of);
    if (value != null) {
      Hash128 hash = Hash128.of(Values.identity(value));
      Long known = newest.get(hash);
      if (known == null || known < record.millis()) {
        remember(hash, record.millis());
        space.put(Tag.WINDOW, hash, new Packer().int64(record.millis()).bytes());
      }
    }
    while (!byTime.isEmpty() && byTime.first().time() <= groupClock - within) {
      dropFirst();
    }
    while (byTime.size() > most) {
      dropFirst();
      forgotten.accept(1);
    }
  }

  private void remember(Hash128 value, long time) {
    Long known = newest.put(value, time);
    if (known != null) {
      byTime.remove(new Dated(known, value));
    }
    byTime.add(new Dated(time, value));
  }

  private void dropFirst() {
    Dated first = byTime.removeFirst();
    newest.remove(first.value());
    space.delete(Tag.WINDOW, first.value());
  }

  @Override
  public boolean holds(long end) {
    return byTime.size() >= atLeast && tippingTime() > end - within;
  }

  @Override
  public long nextChange(long end) {
    return holds(end) ? tippingTime() + within : NEVER;
  }

  /** The time of the value that makes it enough, counted from the newest. */
  private long tippingTime() {
    Iterator<Dated> newestFirst = byTime.descendingIterator();
    for (long n = 1; n < atLeast; n++) {
      newestFirst.next();
    }
    return newestFirst.next().time();
  }

  @Override
  public Object value(long end) {
    return byTime.stream().filter(dated -> dated.time() > end - within).count();
  }
}
