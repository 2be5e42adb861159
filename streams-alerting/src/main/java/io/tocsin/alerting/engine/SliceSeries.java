package io.tocsin.alerting.engine;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The slices of a group that hold anything, an entry of the store each. */
final class SliceSeries {

  private static final long NONE = Long.MIN_VALUE;

  private final GroupSpace space;
  private final boolean withDigest;
  private final TreeMap<Long, Slice> slices = new TreeMap<>();

  /** The slice of the last record, where most of the next ones go. */
  private long currentIndex = NONE;

  private Slice current;
  private EngineStore.Held saved;

  SliceSeries(GroupSpace space, boolean withDigest) {
    this.space = space;
    this.withDigest = withDigest;
    this.current = empty();
    this.saved = () -> {};
  }

  /** Takes up what the store holds. */
  void recall() {
    space.forEach(Tag.WINDOW, (key, value) -> slices.put(key.getLong(), new Slice(value)));
  }

  /** Counts a record of a ratio in its slice. */
  void count(long index, boolean matches) {
    Slice slice = at(index);
    slice.count(matches);
    saved.changed();
  }

  /**
   * Adds a number to its slice.
   *
   * @return what the number is kept as in a digest; null when the whole slice was rounded, so that
   *     sums over it are to be made anew
   */
  @Nullable Double include(long index, BigDecimal number) {
    Slice slice = at(index);
    slice.include(number);
    Digest digest = slice.digest;
    Double kept = Double.valueOf(0);
    if (digest != null) {
      kept = digest.add(number.doubleValue());
      kept = digest.roundWhenFull() ? null : kept;
    }
    saved.changed();
    return kept;
  }

  /** Forgets all before a slice. */
  void dropBefore(long index) {
    if (currentIndex < index) {
      currentIndex = NONE;
    }
    while (!slices.isEmpty() && slices.firstKey() < index) {
      space.delete(Tag.WINDOW, slices.pollFirstEntry().getKey());
    }
  }

  /** The first slice of a range that holds anything; null when none does. */
  @Nullable Long firstIn(long from, long to) {
    Long first = slices.ceilingKey(from);
    return first != null && first <= to ? first : null;
  }

  /** Adds the slices of a range to a total. */
  void addTo(Slice total, long from, long to) {
    if (from <= to) {
      slices.subMap(from, true, to, true).values().forEach(total::add);
    }
  }

  /** Takes the slices of a range away from a total. */
  void subtractFrom(Slice total, long from, long to) {
    if (from <= to) {
      slices.subMap(from, true, to, true).values().forEach(total::subtract);
    }
  }

  /**
   * The first time at which a condition turns over a window that moves on while no record comes.
   *
   * @param last the window's newest slice
   * @param total the total over the window
   * @param until times up to this one at which nothing turns are passed over
   * @param holds the condition over a total, which may only look at what can be subtracted
   */
  long firstTurn(Slices cut, long last, Slice total, long until, Predicate<Slice> holds) {
    Slice left = null;
    boolean now = false;
    for (Map.Entry<Long, Slice> leaving :
        slices.subMap(last - Slices.PER_WINDOW + 1, true, last, true).entrySet()) {
      long leaves = cut.start(leaving.getKey() + Slices.PER_WINDOW);
      if (leaves > until) {
        return leaves;
      }
      if (left == null) {
        left = empty();
        left.add(total);
        now = holds.test(total);
      }
      left.subtract(leaving.getValue());
      if (holds.test(left) != now) {
        return leaves;
      }
    }
    return Memory.NEVER;
  }

  Slice empty() {
    return new Slice(withDigest);
  }

  /** The slice to be changed, which {@link #saved} then stands for. */
  private Slice at(long index) {
    if (index != currentIndex) {
      Slice slice = slices.computeIfAbsent(index, none -> empty());
      currentIndex = index;
      current = slice;
      saved = space.hold(Tag.WINDOW, index, slice::bytes);
    }
    return current;
  }
}
