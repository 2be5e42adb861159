package io.tocsin.console.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Sequences of source ids from one to another, both included and with equally many digits: texts of
 * equal length sort as their numbers do, so that an index of texts can put them in order.
 *
 * @param from at least 0
 * @param to at most {@link #HIGHEST}
 */
record SequenceRange(long from, long to) {

  /** {@link io.tocsin.event.SourceId} reads up to 18 digits. */
  static final long HIGHEST = 999_999_999_999_999_999L;

  /** OpenSearch's {@code <n-m>} takes numbers of 31 bits. */
  private static final long BILLION = 1_000_000_000L;

  private static final int GROWTH = 64;

  /** All below a sequence, in ranges: the next ones first, each wider than the one before. */
  static List<SequenceRange> downFrom(long sequence, long width) {
    List<SequenceRange> ranges = new ArrayList<>();
    long step = width;
    for (long to = sequence - 1; to >= 0; ) {
      long from = Math.max(to - step + 1, lowest(to));
      ranges.add(new SequenceRange(from, to));
      to = from - 1;
      step = step > HIGHEST / GROWTH ? HIGHEST : step * GROWTH;
    }
    return ranges;
  }

  /** All above a sequence, as {@link #downFrom} has those below. */
  static List<SequenceRange> upFrom(long sequence, long width) {
    List<SequenceRange> ranges = new ArrayList<>();
    long step = width;
    for (long from = sequence + 1; from <= HIGHEST; ) {
      long to = Math.min(from + step - 1, highest(from));
      ranges.add(new SequenceRange(from, to));
      from = to + 1;
      step = step > HIGHEST / GROWTH ? HIGHEST : step * GROWTH;
    }
    return ranges;
  }

  /** A regular expression with OpenSearch's intervals that fits exactly these. */
  String pattern() {
    long low = from / BILLION;
    long high = to / BILLION;
    if (high == 0) {
      return interval(Long.toString(from), Long.toString(to));
    }
    if (low == high) {
      return low + interval(rest(from), rest(to));
    }
    StringBuilder either = new StringBuilder();
    either.append(low).append(interval(rest(from), rest(BILLION - 1)));
    if (high - low > 1) {
      either
          .append('|')
          .append(interval(Long.toString(low + 1), Long.toString(high - 1)))
          .append("[0-9]{9}");
    }
    return either.append('|').append(high).append(interval(rest(0), rest(to))).toString();
  }

  private static String interval(String from, String to) {
    return "<" + from + "-" + to + ">";
  }

  private static String rest(long number) {
    String digits = Long.toString(number % BILLION);
    return "0".repeat(9 - digits.length()) + digits;
  }

  private static long lowest(long number) {
    long power = 1;
    while (number / power >= 10) {
      power *= 10;
    }
    return number < 10 ? 0 : power;
  }

  private static long highest(long number) {
    long power = 10;
    while (number / power >= 1) {
      power *= 10;
    }
    return power - 1;
  }
}
