package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.event.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A rule and a history made up from a seed: bursts, ties, silences, records late, out of order and
 * twice, several groups, records of no group, records that only move the clock.
 */
public record RandomHistory(String yaml, List<EventRecord> records, Instant until) {

  private static final Instant NOON = Instant.parse("2025-12-10T12:00:00Z");
  private static final String[] WINDOWS = {"10s", "60s", "7s", "61s", "1m", "90s", "1500ms"};
  private static final String[] PAUSES = {"0s", "1s", "5s", "10s", "30s", "1m"};

  /** The rule and history of a seed. */
  public static RandomHistory of(String kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String yaml = new Rules(random).of(kind);
    return new Records(random).history(yaml);
  }

  /** The history without one of its records, for finding the shortest that shows a difference. */
  RandomHistory without(int index) {
    List<EventRecord> fewer = new ArrayList<>(records);
    fewer.remove(index);
    return new RandomHistory(yaml, fewer, until);
  }

  private record Rules(SplittableRandom random) {

    String of(String kind) {
      StringBuilder rule = new StringBuilder("rules:\n  - name: under-test\n");
      rule.append("    severity: low\n");
      if (random.nextInt(4) > 0) {
        rule.append("    group-by: [meta.group]\n");
      }
      rule.append("    match: { event: e").append(kind(kind));
      if (random.nextInt(3) == 0 && !kind.equals("new")) {
        rule.append("    for: ").append(pick(PAUSES)).append('\n');
      }
      if (random.nextInt(3) > 0 && !kind.equals("consecutive")) {
        rule.append("    resolve-after: ").append(pick(PAUSES)).append('\n');
      }
      return rule.toString();
    }

    private String kind(String kind) {
      String bad = ", level: ERROR }\n    ";
      String any = " }\n    ";
      String within = "\n    within: " + pick(WINDOWS) + "\n";
      int n = 1 + random.nextInt(4);
      return switch (kind) {
        case "count" -> bad + "count: " + n + within;
        case "distinct" -> any + "distinct: { of: meta.value, at-least: " + n + " }" + within;
        case "consecutive" -> bad + "consecutive: " + n + "\n    among: { event: e }\n";
        case "ratio" ->
            bad
                + "among: { event: e }\n    ratio: { above: 0."
                + random.nextInt(9)
                + ", at-least: "
                + n
                + " }"
                + within;
        case "aggregate" -> any + aggregate(n) + within;
        case "deviation" -> any + deviation(n) + within;
        case "absent" -> bad + "absent-for: " + pick(WINDOWS) + "\n" + expected();
        case "change" -> any + change();
        case "new" -> any + "new: { of: meta.value, learn: " + pick(PAUSES) + " }\n";
        default -> throw new IllegalArgumentException(kind);
      };
    }

    private String aggregate(int n) {
      String function = pick("avg", "min", "max", "sum", "p50", "p95", "p99");
      String atLeast = random.nextBoolean() ? ", at-least: " + n : "";
      return "aggregate: { %s: meta.value, %s: %s%s }"
          .formatted(function, side(), pick("0", "2", "2.5", "3", "7", "10.1"), atLeast);
    }

    private String deviation(int n) {
      return "deviation: { of: meta.value, %s: %s, baseline: %s, at-least: %d }"
          .formatted(side(), pick("0", "0.1", "0.5", "1"), pick("10s", "1m", "45s", "2m"), n);
    }

    private String change() {
      String from = random.nextBoolean() ? ", from: 1" : "";
      return "change: { of: meta.value, to: 2" + from + " }\n";
    }

    private String expected() {
      return random.nextBoolean() ? "" : "    expect: [%s]\n";
    }

    private String side() {
      return random.nextBoolean() ? "above" : "below";
    }

    private String pick(String... of) {
      return of[random.nextInt(of.length)];
    }
  }

  private static final class Records {

    private final SplittableRandom random;
    private final List<EventRecord> records = new ArrayList<>();
    private final int pace;
    private long time = NOON.toEpochMilli();
    private long sequence;

    Records(SplittableRandom random) {
      this.random = random;
      this.pace = 1 + random.nextInt(4);
    }

    RandomHistory history(String yaml) {
      boolean grouped = yaml.contains("group-by");
      String rules = yaml.replace("%s", grouped ? "{ meta.group: a }, { meta.group: x }" : "{}");
      time += random.nextInt(100_000);
      int size = 1 + random.nextInt(30);
      for (int i = 0; i < size; i++) {
        next();
      }
      Instant until = Instant.ofEpochMilli(time + random.nextInt(400) * 1000L);
      return new RandomHistory(rules, List.copyOf(records), until);
    }

    private void next() {
      time += step();
      long ts = random.nextInt(5) == 0 ? time - late() : time;
      if (!records.isEmpty() && random.nextInt(8) == 0) {
        records.add(copy(records.get(random.nextInt(records.size()))));
      } else {
        records.add(record(ts));
      }
    }

    private long step() {
      return switch (random.nextInt(6 + pace)) {
        case 0, 1 -> 0;
        case 2 -> 1 + random.nextInt(20);
        case 3 -> random.nextInt(60) * 500L;
        case 4 -> random.nextInt(10) == 0 ? random.nextInt(300) * 1000L : 10_000;
        default -> random.nextInt(6) * 1000L;
      };
    }

    private long late() {
      return random.nextBoolean() ? random.nextInt(20) * 500L : random.nextInt(100_000);
    }

    private EventRecord record(long ts) {
      Map<String, Object> meta = new LinkedHashMap<>();
      String group = List.of("a", "a", "b", "").get(random.nextInt(4));
      if (!group.isEmpty() || random.nextInt(4) > 0) {
        meta.put("group", group.isEmpty() ? "c" : group);
      }
      if (random.nextInt(6) > 0) {
        meta.put("value", value());
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", random.nextInt(10) == 0 ? "other" : "e");
      fields.put("level", random.nextInt(4) == 0 ? Level.INFO : Level.ERROR);
      fields.put("meta", meta);
      return new EventRecord(Origin.LOGS, id(), Instant.ofEpochMilli(ts), fields);
    }

    private Object value() {
      return switch (random.nextInt(9)) {
        case 0 -> "2";
        case 1 -> new BigDecimal("2.0");
        case 2 -> new BigDecimal("-1.25");
        case 3 -> 10_000L;
        default -> random.nextInt(5);
      };
    }

    private String id() {
      return switch (random.nextInt(5)) {
        case 0 -> null;
        case 1 -> "foreign-" + sequence++;
        default -> "agent/" + random.nextInt(2) + "/e/" + sequence++;
      };
    }

    private static EventRecord copy(EventRecord record) {
      return new EventRecord(record.origin(), record.id(), record.ts(), record.fields());
    }
  }
}
