package io.tocsin.alerting.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.oracle.BruteForce.Line;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * The engine against the slow evaluator. How many histories a kind: {@code
 * -Djqwik.tries.default=100000}.
 */
class EngineOracleTest {

  @Property(seed = "1", shrinking = ShrinkingMode.OFF)
  void count(@ForAll long seed) {
    compare("count", seed);
  }

  @Property(seed = "2", shrinking = ShrinkingMode.OFF)
  void distinct(@ForAll long seed) {
    compare("distinct", seed);
  }

  @Property(seed = "3", shrinking = ShrinkingMode.OFF)
  void consecutive(@ForAll long seed) {
    compare("consecutive", seed);
  }

  @Property(seed = "4", shrinking = ShrinkingMode.OFF)
  void ratio(@ForAll long seed) {
    compare("ratio", seed);
  }

  @Property(seed = "5", shrinking = ShrinkingMode.OFF)
  void aggregate(@ForAll long seed) {
    compare("aggregate", seed);
  }

  @Property(seed = "6", shrinking = ShrinkingMode.OFF)
  void deviation(@ForAll long seed) {
    compare("deviation", seed);
  }

  @Property(seed = "7", shrinking = ShrinkingMode.OFF)
  void absent(@ForAll long seed) {
    compare("absent", seed);
  }

  @Property(seed = "8", shrinking = ShrinkingMode.OFF)
  void change(@ForAll long seed) {
    compare("change", seed);
  }

  @Property(seed = "9", shrinking = ShrinkingMode.OFF)
  void unseen(@ForAll long seed) {
    compare("new", seed);
  }

  private static void compare(String kind, long seed) {
    RandomHistory history = RandomHistory.of(kind, seed);
    RuleSet rules = RuleSet.parse("rules.yaml", history.yaml());
    if (differs(rules, history)) {
      RandomHistory least = shortest(rules, history);
      assertThat(engine(rules, least)).as(() -> story(least)).isEqualTo(oracle(rules, least));
    }
  }

  private static boolean differs(RuleSet rules, RandomHistory history) {
    return !engine(rules, history).equals(oracle(rules, history));
  }

  /** Drops records as long as the two still differ. */
  private static RandomHistory shortest(RuleSet rules, RandomHistory history) {
    for (int i = 0; i < history.records().size(); i++) {
      RandomHistory fewer = history.without(i);
      if (!fewer.records().isEmpty() && differs(rules, fewer)) {
        return shortest(rules, fewer);
      }
    }
    return history;
  }

  private static List<String> engine(RuleSet rules, RandomHistory history) {
    List<Alert> alerts = new ArrayList<>();
    Replay replay = new Replay(rules, null, history.until(), alerts::add);
    history.records().forEach(replay::read);
    replay.finish();
    assertThat(new HashSet<>(alerts.stream().filter(a -> a.endsAt() == null).toList()))
        .extracting(Alert::episode)
        .doesNotHaveDuplicates();
    return alerts.stream()
        .map(
            alert ->
                text(
                    new Line(
                        alert.at().toEpochMilli(),
                        alert.rule(),
                        groupOf(alert),
                        alert.status().name().toLowerCase(Locale.ROOT),
                        alert.value(),
                        alert.startsAt().toEpochMilli())))
        .toList();
  }

  private static String groupOf(Alert alert) {
    return Conditions.json(alert.group());
  }

  private static List<String> oracle(RuleSet rules, RandomHistory history) {
    AlertRule rule = rules.rules().getFirst();
    return BruteForce.run(rule, history.records(), history.until()).stream()
        .map(EngineOracleTest::text)
        .toList();
  }

  private static String text(Line line) {
    Object value = line.value();
    Object shown =
        value instanceof Number n
            ? new BigDecimal(n.toString())
                .setScale(9, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString()
            : value;
    return "%d %s %s %s value %s from %d"
        .formatted(line.at(), line.rule(), line.group(), line.status(), shown, line.startsAt());
  }

  private static String story(RandomHistory history) {
    StringBuilder story = new StringBuilder(history.yaml());
    for (EventRecord record : history.records()) {
      story
          .append(record.ts().toEpochMilli())
          .append(' ')
          .append(record.id())
          .append(' ')
          .append(record.fields())
          .append('\n');
    }
    return story.append("until ").append(history.until().toEpochMilli()).toString();
  }
}
