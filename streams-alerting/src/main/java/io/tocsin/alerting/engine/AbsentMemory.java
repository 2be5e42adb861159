package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** When the last record was; before an expected group's first one, since when it is waited for. */
final class AbsentMemory implements Memory {

  private final long after;
  private boolean seen;
  private long last;

  AbsentMemory(Kind.Absent kind, Packer.@Nullable Reader saved) {
    this.after = kind.after().millis();
    this.seen = saved != null && saved.int8() == 1;
    this.last = saved == null ? 0 : saved.int64();
  }

  /** Waits for a group that was never seen, from now on. */
  void expectFrom(long engineClock) {
    last = engineClock;
  }

  /** The last record's time, or since when the group is expected. */
  long last() {
    return last;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    last = groupClock;
    seen = true;
  }

  /** Silence is measured against the engine clock: a record that is too old does not break it. */
  @Override
  public long endOnRecord(long groupClock, long engineClock) {
    return Math.max(groupClock, engineClock);
  }

  @Override
  public boolean holds(long end) {
    return end >= last + after;
  }

  @Override
  public long nextChange(long end) {
    return holds(end) ? NEVER : last + after;
  }

  @Override
  public Object value(long end) {
    return Values.tidy(BigDecimal.valueOf(end - last, 3));
  }

  @Override
  public void save(Packer out) {
    out.int8(seen ? 1 : 0).int64(last);
  }
}
