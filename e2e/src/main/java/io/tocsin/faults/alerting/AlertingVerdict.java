package io.tocsin.faults.alerting;

import io.tocsin.alerting.TopicHistory;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What alerting made of the events, beside what an undisturbed run makes of them.
 *
 * <p>The rules follow records alone, and each group's records are of one partition, so that their
 * order, and with it every transition but its moment on the wall clock, is settled by the topic.
 *
 * @param expected how many transitions there have to be
 * @param found how many there are
 * @param problems the first groups whose transitions differ
 */
record AlertingVerdict(int expected, int found, List<String> problems) {

  private static final int MOST_SHOWN = 10;

  /** What an undisturbed run makes of what stands on the topic, by fingerprint. */
  static Map<String, List<String>> undisturbed(KafkaSettings kafka, RuleSet rules) {
    List<Alert> alerts = new ArrayList<>();
    Replay replay = new Replay(rules, null, null, alerts::add);
    try (TopicHistory history = new TopicHistory(kafka, List.of(Origin.LOGS), Instant.EPOCH)) {
      long unreadable = history.forEach(replay::read);
      if (unreadable > 0) {
        throw new IllegalStateException(unreadable + " events cannot be read");
      }
    }
    replay.finish();
    return byFingerprint(alerts);
  }

  static AlertingVerdict of(Map<String, List<String>> wanted, List<Alert> alerts) {
    Map<String, List<String>> found = byFingerprint(alerts);
    TreeSet<String> all = new TreeSet<>(wanted.keySet());
    all.addAll(found.keySet());
    List<String> problems = new ArrayList<>();
    for (String fingerprint : all) {
      List<String> one = wanted.getOrDefault(fingerprint, List.of());
      List<String> other = found.getOrDefault(fingerprint, List.of());
      if (!one.equals(other) && problems.size() < MOST_SHOWN) {
        problems.add(difference(fingerprint, one, other));
      }
    }
    return new AlertingVerdict(count(wanted), count(found), problems);
  }

  static int count(Map<String, List<String>> transitions) {
    return transitions.values().stream().mapToInt(List::size).sum();
  }

  private static String difference(String fingerprint, List<String> wanted, List<String> found) {
    int same = 0;
    while (same < Math.min(wanted.size(), found.size())
        && wanted.get(same).equals(found.get(same))) {
      same++;
    }
    String expected = same < wanted.size() ? wanted.get(same) : "nothing";
    String got = same < found.size() ? found.get(same) : "nothing";
    return fingerprint + " after " + same + ": expected " + expected + ", found " + got;
  }

  private static Map<String, List<String>> byFingerprint(List<Alert> alerts) {
    Map<String, List<String>> lines = new HashMap<>();
    for (Alert alert : alerts) {
      lines
          .computeIfAbsent(alert.fingerprint(), fingerprint -> new ArrayList<>())
          .add(
              "%s %s %s value %s from %s by %s"
                  .formatted(
                      alert.rule(),
                      alert.group(),
                      alert.status(),
                      alert.value(),
                      alert.startsAt(),
                      alert.evidence()));
    }
    return lines;
  }
}
