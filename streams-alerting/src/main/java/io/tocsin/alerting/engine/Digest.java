package io.tocsin.alerting.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * A multiset of numbers that answers percentiles and merges.
 *
 * <p>It is exact while it holds few different numbers. Beyond that it rounds each to a bucket of a
 * logarithmic scale, as DDSketch does (Masson, Rim, Lee: "DDSketch", VLDB 2019): with {@code γ = (1
 * + α) / (1 - α)}, the number that stands for bucket {@code (γ^(i-1), γ^i]} is {@code 2γ^i / (γ +
 * 1)}, at most {@code α} away from any number in it. A bucket is kept as the number that stands for
 * it, so merging exact and rounded digests is adding up maps, in any order, to one result.
 */
final class Digest {

  /** Half of what is promised (1 %), so that rounding errors of doubles stay well inside. */
  private static final double ALPHA = 0.005;

  private static final double GAMMA = (1 + ALPHA) / (1 - ALPHA);
  private static final double LOG_GAMMA = Math.log(GAMMA);

  /** Numbers nearer to zero than this are zero. */
  private static final double TINY = 1e-30;

  /** How many different numbers a digest of one slice keeps exactly. */
  private static final int EXACT = 64;

  private final TreeMap<Double, Long> counts = new TreeMap<>();
  private boolean rounded;
  private long size;

  /** A digest for one slice. */
  Digest() {}

  /** What {@link #save} wrote. */
  Digest(Packer.Reader in) {
    rounded = in.int8() == 1;
    for (int n = in.int32(); n > 0; n--) {
      include(in.float64(), in.int64());
    }
  }

  /**
   * Adds a number.
   *
   * @return what it is kept as: itself or the number that stands for its bucket
   */
  double add(double number) {
    double kept = rounded ? round(number) : number + 0.0; // -0.0 becomes 0.0
    include(kept, 1);
    return kept;
  }

  /**
   * Rounds all when there are too many different numbers.
   *
   * @return whether it did
   */
  boolean roundWhenFull() {
    if (rounded || counts.size() <= EXACT) {
      return false;
    }
    TreeMap<Double, Long> exact = new TreeMap<>(counts);
    counts.clear();
    size = 0;
    exact.forEach((number, count) -> include(round(number), count));
    rounded = true;
    return true;
  }

  /** Adds a number that is already as it is to be kept, so many times. */
  void include(double kept, long count) {
    counts.merge(kept, count, Long::sum);
    size += count;
  }

  void merge(Digest other) {
    other.counts.forEach(this::include);
  }

  /**
   * The nearest-rank percentile: the smallest number with at least so many percent of all at or
   * below it. Only of a digest that is not empty.
   */
  double percentile(int percent) {
    long rank = Math.ceilDiv(percent * size, 100L);
    long upTo = 0;
    for (Map.Entry<Double, Long> entry : counts.entrySet()) {
      upTo += entry.getValue();
      if (upTo >= rank) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("no percentile of nothing");
  }

  void save(Packer out) {
    out.int8(rounded ? 1 : 0).int32(counts.size());
    counts.forEach((number, count) -> out.float64(number).int64(count));
  }

  private static double round(double number) {
    double size = Math.abs(number);
    if (size < TINY) {
      return 0.0;
    }
    double bucket = Math.ceil(Math.log(size) / LOG_GAMMA);
    return Math.copySign(2 * Math.exp(bucket * LOG_GAMMA) / (GAMMA + 1), number);
  }
}
