package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import org.jspecify.annotations.Nullable;

/** How many records in a row have matched, in order of arrival. */
final class RunMemory implements Memory {

  private final long times;
  private long run;

  RunMemory(Kind.Consecutive kind, Packer.@Nullable Reader saved) {
    this.times = kind.times();
    this.run = saved == null ? 0 : saved.int64();
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    run = matches ? run + 1 : 0;
  }

  @Override
  public boolean holds(long end) {
    return run >= times;
  }

  @Override
  public long nextChange(long end) {
    return NEVER;
  }

  @Override
  public Object value(long end) {
    return run;
  }

  @Override
  public void save(Packer out) {
    out.int64(run);
  }
}
