package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;

/**
 * The times of the records in the window. An entry of the store counts the records of one
 * millisecond.
 */
final class CountMemory implements Memory {

  /**
   * More than this in a window are not told apart from this many, unless the rule asks for more.
   */
  private static final int MOST = 1 << 17;

  private final int atLeast;
  private final long within;
  private final int most;
  private final GroupSpace space;
  private final TimeRing times = new TimeRing();

  CountMemory(Kind.Count kind, GroupSpace space) {
    this.atLeast = Math.toIntExact(kind.atLeast());
    this.within = kind.within().millis();
    this.most = Math.max(MOST, atLeast);
    this.space = space;
  }

  @Override
  public void recall() {
    space.forEach(
        Tag.WINDOW,
        (key, value) -> {
          long time = key.getLong();
          for (int n = new Packer.Reader(value).int32(); n > 0; n--) {
            times.add(time);
          }
        });
  }

  @Override
  public boolean isLate(long ts, long groupClock) {
    return ts <= groupClock - within;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    long ts = record.millis();
    times.add(ts);
    space.put(Tag.WINDOW, ts, new Packer().int32(times.countAt(ts)).bytes());
    while (times.first() <= groupClock - within || times.size() > most) {
      dropFirst();
    }
  }

  private void dropFirst() {
    long first = times.first();
    times.dropFirst();
    int left = times.countAt(first);
    if (left == 0) {
      space.delete(Tag.WINDOW, first);
    } else if (times.size() >= most) {
      // Leaves for being one too many, not for its age: others of its millisecond stay.
      space.put(Tag.WINDOW, first, new Packer().int32(left).bytes());
    }
  }

  @Override
  public boolean holds(long end) {
    return times.size() >= atLeast && times.newest(atLeast) > end - within;
  }

  @Override
  public long nextChange(long end) {
    return holds(end) ? times.newest(atLeast) + within : NEVER;
  }

  @Override
  public Object value(long end) {
    return (long) times.countAfter(end - within);
  }
}
