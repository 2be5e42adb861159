package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import org.jspecify.annotations.Nullable;

/** What a field's value was last, and whether it got there the way the rule waits for. */
final class ChangeMemory implements Memory {

  private final Kind.Change kind;
  private final String to;
  private final @Nullable String from;
  private @Nullable String current;
  private boolean became;

  ChangeMemory(Kind.Change kind, Packer.@Nullable Reader saved) {
    this.kind = kind;
    Object from = kind.from();
    this.to = Values.identity(kind.to());
    this.from = from == null ? null : Values.identity(from);
    this.current = saved == null ? null : saved.text();
    this.became = saved != null && saved.int8() == 1;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    Object value = record.field(kind.of());
    if (value == null) {
      return;
    }
    String next = Values.identity(value);
    if (!next.equals(to)) {
      became = false;
    } else if (!next.equals(current)) {
      became = from == null || from.equals(current);
    }
    current = next;
  }

  @Override
  public boolean holds(long end) {
    return became;
  }

  @Override
  public long nextChange(long end) {
    return NEVER;
  }

  @Override
  public Object value(long end) {
    return kind.to();
  }

  @Override
  public void save(Packer out) {
    out.text(current).int8(became ? 1 : 0);
  }
}
