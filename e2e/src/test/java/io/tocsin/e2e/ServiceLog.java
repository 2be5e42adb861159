package io.tocsin.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A recorded log of one of the station's programs, read without any code of Tocsin's. */
record ServiceLog(String service, List<String> lines, List<Entry> entries) {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  /** What a line says, its time in UTC and cut to milliseconds. */
  record Entry(Instant ts, String level, String message) {}

  /** A firing that rules.md demands; each is followed by its resolve when the log is history. */
  record Firing(String service, Instant startsAt, int value) {}

  static ServiceLog load(String service) throws IOException {
    String text;
    try (InputStream in = ServiceLog.class.getResourceAsStream("/charger/" + service + ".log")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> lines = text.lines().toList();
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      JsonNode json = Documents.JSON.readTree(line);
      entries.add(
          new Entry(
              LocalDateTime.parse(json.get("timestamp").asText())
                  .atZone(ZONE)
                  .toInstant()
                  .truncatedTo(ChronoUnit.MILLIS),
              json.get("level").asText(),
              json.get("message").asText()));
    }
    return new ServiceLog(service, lines, entries);
  }

  /**
   * The firings of "{@code count} ERRORs within {@code within}" on a log that is long past: by the
   * wall clock every window is over when it is seen, so each record that finds enough of its like
   * in the window behind it fires and resolves together.
   */
  List<Firing> firings(int count, Duration within) {
    List<Firing> firings = new ArrayList<>();
    List<Instant> errors = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.level().equals("ERROR")) {
        errors.add(entry.ts());
        Instant start = entry.ts().minus(within);
        int value = (int) errors.stream().filter(ts -> ts.isAfter(start)).count();
        if (value >= count) {
          firings.add(new Firing(service, entry.ts(), value));
        }
      }
    }
    return firings;
  }
}
