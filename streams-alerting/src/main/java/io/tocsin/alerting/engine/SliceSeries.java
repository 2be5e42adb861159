package io.tocsin.alerting.engine;

import java.math.BigDecimal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The slices of a group that hold anything, an entry of the store each. */
final class SliceSeries {

  private final GroupSpace space;
  private final boolean withDigest;
  private final TreeMap<Long, Slice> slices = new TreeMap<>();

  SliceSeries(GroupSpace space, boolean withDigest) {
    this.space = space;
    this.withDigest = withDigest;
    space.forEach(Tag.WINDOW, (key, value) -> slices.put(key.getLong(), new Slice(value)));
  }

  /** Counts a record of a ratio in its slice. */
  void count(long index, boolean matches) {
    Slice slice = at(index);
    slice.count(matches);
    space.put(Tag.WINDOW, index, slice.bytes());
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
    space.put(Tag.WINDOW, index, slice.bytes());
    return kept;
  }

  /** Forgets all before a slice. */
  void dropBefore(long index) {
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

  Slice empty() {
    return new Slice(withDigest);
  }

  private Slice at(long index) {
    return slices.computeIfAbsent(index, none -> empty());
  }
}
