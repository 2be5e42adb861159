package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert.Severity;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one receiver is to be told about many episodes at once: those of a storm, or those of a
 * route's {@code group-by}.
 *
 * @param notifications in the order they came; at least two
 * @param group what they have in common, such as {@code service=api}, not escaped; empty in a storm
 */
public record Summary(List<Notification> notifications, String group) {

  public Summary {
    notifications = List.copyOf(notifications);
  }

  /** Of a storm. */
  public Summary(List<Notification> notifications) {
    this(notifications, "");
  }

  /**
   * What a storm brought by one rule.
   *
   * @param severity the worst
   * @param firing how many fire
   * @param over how many are over, told of before or not
   * @param example the last of them
   */
  public record Share(String rule, Severity severity, int firing, int over, Notification example) {

    /** How many episodes. */
    public int episodes() {
      return firing + over;
    }

    private Share with(Notification next) {
      boolean fires = next.kind().goesOn();
      Severity other = next.alert().severity();
      return new Share(
          rule,
          other.compareTo(severity) < 0 ? other : severity,
          firing + (fires ? 1 : 0),
          over + (fires ? 0 : 1),
          next);
    }
  }

  /** How many are of this kind. */
  public int count(Kind kind) {
    return (int) notifications.stream().filter(each -> each.kind() == kind).count();
  }

  /** By rule: what fires first, then the worst, then the most. */
  public List<Share> shares() {
    Map<String, Share> shares = new LinkedHashMap<>();
    for (Notification each : notifications) {
      String rule = each.alert().rule();
      Share before =
          shares.getOrDefault(rule, new Share(rule, each.alert().severity(), 0, 0, each));
      shares.put(rule, before.with(each));
    }
    return shares.values().stream()
        .sorted(
            Comparator.<Share, Boolean>comparing(share -> share.firing() == 0)
                .thenComparing(Share::severity)
                .thenComparing(Comparator.comparingInt(Share::episodes).reversed())
                .thenComparing(Share::rule))
        .toList();
  }
}
