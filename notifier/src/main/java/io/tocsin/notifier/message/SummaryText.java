package io.tocsin.notifier.message;

import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.Summary.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A storm in words: the counts, and the ten rules that matter most. Nothing is escaped. */
public final class SummaryText {

  private static final int TOP = 10;
  private static final int LONGEST_RULE = 80;
  private static final int LONGEST_EXAMPLE = 120;

  private SummaryText() {}

  /**
   * {@code 42 alerts at once: 30 firing, 8 resolved, 4 fired and resolved}, or {@code 3 alerts of
   * service=api: …}. One line; what is of the group is cut.
   */
  public static String headline(Summary summary) {
    List<String> counts = new ArrayList<>();
    count(counts, summary.count(Kind.FIRING), "firing");
    count(counts, summary.count(Kind.REPEATED), "still firing");
    count(counts, summary.count(Kind.ACKNOWLEDGED), "acknowledged");
    count(counts, summary.count(Kind.RESOLVED), "resolved");
    count(counts, summary.count(Kind.BRIEF), "fired and resolved");
    String of =
        summary.group().isEmpty() ? "at once" : "of " + oneLine(summary.group(), LONGEST_EXAMPLE);
    return summary.notifications().size() + " alerts " + of + ": " + String.join(", ", counts);
  }

  private static void count(List<String> counts, int count, String what) {
    if (count > 0) {
      counts.add(count + " " + what);
    }
  }

  /** At most ten rules and, if there are more, how many; one line each, separated by line ends. */
  public static String top(Summary summary) {
    List<Share> shares = summary.shares();
    String lines =
        shares.stream().limit(TOP).map(SummaryText::line).collect(Collectors.joining("\n"));
    int more = shares.size() - TOP;
    return more <= 0 ? lines : lines + "\nand " + more + (more == 1 ? " rule more" : " rules more");
  }

  private static String line(Share share) {
    return share.severity().name().toLowerCase(Locale.ROOT)
        + " "
        + oneLine(share.rule(), LONGEST_RULE)
        + ": "
        + (share.firing() == 0 ? "" : share.firing() + " firing")
        + (share.firing() == 0 || share.over() == 0 ? "" : ", ")
        + (share.over() == 0 ? "" : share.over() + " over")
        + "; last: "
        + oneLine(share.example().alert().summary(), LONGEST_EXAMPLE);
  }

  private static String oneLine(String text, int limit) {
    return AlertText.clip(
        text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\s]+", " ").strip(), limit);
  }
}
