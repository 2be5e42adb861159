package io.tocsin.alerting.prove;

import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Sets transitions that were expected beside those that happened. */
final class TransitionDiff {

  /** Above this many pairs, no longest common run is looked for. */
  private static final long MOST_COMPARED = 4_000_000;

  private static final Comparator<ExpectedTransition> ORDER =
      Comparator.<ExpectedTransition, Instant>comparing(e -> Objects.requireNonNull(e.at()))
          .thenComparing(ExpectedTransition::rule)
          .thenComparing(ExpectedTransition::groupText);

  private TransitionDiff() {}

  /** Who knows of a transition. */
  enum Side {
    BOTH,
    EXPECTED,
    HAPPENED
  }

  /**
   * One transition of the comparison.
   *
   * @param line where it is expected; 0 for one that was not
   */
  record Entry(Side side, int line, String text) {
    @Override
    public String toString() {
      return switch (side) {
        case BOTH -> "            " + text;
        case EXPECTED -> "  - %-8s".formatted("line " + line) + text;
        case HAPPENED -> "  +         " + text;
      };
    }
  }

  /** The comparison, in order of time; expectations with a time may stand in any order. */
  static List<Entry> of(List<ExpectedTransition> expected, List<Alert> happened) {
    List<ExpectedTransition> wanted = new ArrayList<>(expected);
    if (wanted.stream().allMatch(e -> e.at() != null)) {
      wanted.sort(ORDER);
    }
    int start = commonStart(wanted, happened);
    List<Entry> entries = new ArrayList<>();
    happened.subList(0, start).forEach(alert -> entries.add(both(alert)));
    entries.addAll(
        rest(wanted.subList(start, wanted.size()), happened.subList(start, happened.size())));
    return entries;
  }

  private static int commonStart(List<ExpectedTransition> wanted, List<Alert> happened) {
    int start = 0;
    int most = Math.min(wanted.size(), happened.size());
    while (start < most && wanted.get(start).matches(happened.get(start))) {
      start++;
    }
    return start;
  }

  private static List<Entry> rest(List<ExpectedTransition> wanted, List<Alert> happened) {
    if ((long) wanted.size() * happened.size() > MOST_COMPARED) {
      List<Entry> apart = new ArrayList<>();
      wanted.forEach(each -> apart.add(missing(each)));
      happened.forEach(each -> apart.add(surplus(each)));
      return apart;
    }
    int[][] common = longestCommonRuns(wanted, happened);
    List<Entry> entries = new ArrayList<>();
    int i = wanted.size();
    int j = happened.size();
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 && wanted.get(i - 1).matches(happened.get(j - 1))) {
        entries.add(both(happened.get(--j)));
        i--;
      } else if (j > 0 && (i == 0 || common[i][j - 1] >= common[i - 1][j])) {
        entries.add(surplus(happened.get(--j)));
      } else {
        entries.add(missing(wanted.get(--i)));
      }
    }
    Collections.reverse(entries);
    return entries;
  }

  /** How many the first i expected and the first j happened have in common, in order. */
  private static int[][] longestCommonRuns(List<ExpectedTransition> wanted, List<Alert> happened) {
    int[][] common = new int[wanted.size() + 1][happened.size() + 1];
    for (int i = 1; i <= wanted.size(); i++) {
      for (int j = 1; j <= happened.size(); j++) {
        common[i][j] =
            wanted.get(i - 1).matches(happened.get(j - 1))
                ? common[i - 1][j - 1] + 1
                : Math.max(common[i - 1][j], common[i][j - 1]);
      }
    }
    return common;
  }

  private static Entry both(Alert alert) {
    return new Entry(Side.BOTH, 0, TransitionLines.ndjson(alert));
  }

  private static Entry missing(ExpectedTransition wanted) {
    return new Entry(Side.EXPECTED, wanted.line(), wanted.text());
  }

  private static Entry surplus(Alert alert) {
    return new Entry(Side.HAPPENED, 0, TransitionLines.ndjson(alert));
  }
}
