package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values a field has shown, an entry each, with when it last did. A new value makes the
 * condition hold for as long as the rule takes to resolve.
 */
final class NewMemory implements Memory {

  /** A group remembers no more values than this; the longest unseen leave. */
  private static final int MOST = 10_000;

  /** Seeing a known value again is written down no more often than this. */
  private static final long REFRESH = Duration.ofMinutes(10).toMillis();

  private record Known(Hash128 value, long seen) {}

  private final Kind.New kind;
  private final long holdFor;
  private final GroupSpace space;
  private final LongConsumer forgotten;
  private int known;
  private long first;
  private long until;
  private String newest = "";

  NewMemory(
      Kind.New kind,
      long holdFor,
      GroupSpace space,
      Packer.@Nullable Reader saved,
      LongConsumer forgotten) {
    this.kind = kind;
    this.holdFor = holdFor;
    this.space = space;
    this.forgotten = forgotten;
    this.first = saved == null ? NEVER : saved.int64();
    if (saved != null) {
      this.until = saved.int64();
      this.known = saved.int32();
      this.newest = String.valueOf(saved.text());
    } else {
      this.until = Long.MIN_VALUE;
    }
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    if (first == NEVER) {
      first = record.millis();
    }
    if (engineClock >= until) {
      until = Long.MIN_VALUE;
    }
    Object value = record.field(kind.of());
    if (value != null && isNew(value, record.millis())) {
      forgetSome();
      if (record.millis() - first >= kind.learn().millis()) {
        newest = Values.identity(value);
        until = engineClock + holdFor;
      }
    }
  }

  private boolean isNew(Object value, long ts) {
    Hash128 hash = Hash128.of(Values.identity(value));
    byte[] seen = space.get(Tag.WINDOW, hash);
    if (seen == null || ts - new Packer.Reader(seen).int64() >= REFRESH) {
      space.put(Tag.WINDOW, hash, new Packer().int64(ts).bytes());
    }
    if (seen == null) {
      known++;
    }
    return seen == null;
  }

  /** A tenth at a time, so that a full memory is not sorted for every record. */
  private void forgetSome() {
    if (known <= MOST) {
      return;
    }
    List<Known> all = new ArrayList<>();
    space.forEach(
        Tag.WINDOW,
        (key, value) -> all.add(new Known(Hash128.read(key), new Packer.Reader(value).int64())));
    all.sort(Comparator.comparingLong(Known::seen).thenComparing(Known::value));
    List<Known> leaving = all.subList(0, MOST / 10);
    leaving.forEach(entry -> space.delete(Tag.WINDOW, entry.value()));
    known -= leaving.size();
    forgotten.accept(leaving.size());
  }

  /** Just before now: a value that is new for no time at all still was new when it came. */
  @Override
  public long endOnRecord(long groupClock, long engineClock) {
    return engineClock - 1;
  }

  @Override
  public boolean holds(long end) {
    return end < until;
  }

  @Override
  public long nextChange(long end) {
    return holds(end) ? until : NEVER;
  }

  @Override
  public Object value(long end) {
    return Values.ofIdentity(newest);
  }

  @Override
  public void save(Packer out) {
    out.int64(first).int64(until).int32(known).text(newest);
  }
}
