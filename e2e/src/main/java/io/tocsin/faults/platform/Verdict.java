package io.tocsin.faults.platform;

import io.tocsin.event.Alert;
import io.tocsin.faults.stage.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of what was written.
 *
 * @param lines lines written
 * @param documents documents found
 * @param missing lines without a document
 * @param bursts bursts that had to ring
 * @param problems transitions that are missing, doubled or should not be
 */
record Verdict(long lines, long documents, long missing, int bursts, List<String> problems) {

  static Verdict of(LogWriter writer, Stored.Lines stored, List<Alert> transitions) {
    Map<String, List<Alert.Status>> found = new HashMap<>();
    for (Alert alert : transitions) {
      found
          .computeIfAbsent(String.valueOf(alert.group().get("meta.burst")), b -> new ArrayList<>())
          .add(alert.status());
    }
    List<String> problems = new ArrayList<>();
    List<Alert.Status> both = List.of(Alert.Status.FIRING, Alert.Status.RESOLVED);
    for (int i = 0; i < writer.bursts(); i++) {
      List<Alert.Status> got = found.remove("ringing-" + i);
      if (!both.equals(got)) {
        problems.add("ringing-" + i + ": " + got);
      }
    }
    found.forEach((burst, got) -> problems.add(burst + " should not ring: " + got));
    return new Verdict(
        writer.lines(),
        stored.documents(),
        writer.lines() - stored.numbers().cardinality(),
        writer.bursts(),
        problems);
  }

  boolean isGood() {
    return missing == 0 && documents == lines && problems.isEmpty();
  }
}
