package io.tocsin.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.topics.Change.AlterConfig;
import io.tocsin.topics.Change.CreateTopic;
import io.tocsin.topics.Change.IncreasePartitions;
import io.tocsin.topics.Setting.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPlannerTest {

  @Test
  void aTopicThatIsNotThereIsCreatedAndNothingElse() {
    // Given
    TopicDefinition wanted = deleted("a", 3, Map.of());

    // When
    Plan plan = plan(wanted, null);

    // Then
    assertThat(plan.changes()).containsExactly(new CreateTopic(wanted));
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void aTopicAsItShouldBeNeedsNothing() {
    // Given
    TopicDefinition wanted = deleted("a", 3, Map.of("segment.ms", "1000"));

    // When
    Plan plan = plan(wanted, asWanted(wanted));

    // Then
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.text()).isEqualTo("= a\n0 to create, 0 to change, 1 as they should be\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,          0.10,          NUMBER, true",
    "604800000,    604800000,     NUMBER, true",
    "604800000,    604800001,     NUMBER, false",
    "1000,         soon,          NUMBER, false",
    "'compact,delete', 'delete, compact', SET, true",
    "compact,      delete,        SET,    false",
    "CreateTime,   LogAppendTime, TEXT,   false",
    "true,         TRUE,          TEXT,   true",
  })
  void valuesCompareByMeaningAndNotBySpelling(
      String inEffect, String wanted, Kind kind, boolean same) {
    assertThat(new Setting(inEffect, kind).says(wanted)).isEqualTo(same);
  }

  @Test
  void aSettingWithAnotherValueIsAlteredAndShownWithBoth() {
    // Given
    TopicDefinition wanted = deleted("a", 1, Map.of());
    TopicState state = with(asWanted(wanted), "retention.ms", new Setting("1000", Kind.NUMBER));

    // When
    Plan plan = plan(wanted, state);

    // Then
    assertThat(plan.changes())
        .containsExactly(
            new AlterConfig(
                "a", Map.of("retention.ms", new AlterConfig.Values("1000", "604800000"))));
    assertThat(plan.text())
        .isEqualTo(
            """
            ~ a
                ~ retention.ms: 1000 (1s) -> 604800000 (7d)
            0 to create, 1 to change, 0 as they should be
            """);
  }

  @Test
  void aTopicGrowsButACompactedOneOnlyWarns() {
    // Given
    TopicDefinition grows = deleted("a", 6, Map.of());
    TopicDefinition stays = compacted("b", 6);

    // When
    Plan growing = plan(grows, partitions(asWanted(grows), 3));
    Plan staying = plan(stays, partitions(asWanted(stays), 3));

    // Then
    assertThat(growing.changes()).containsExactly(new IncreasePartitions("a", 3, 6));
    assertThat(staying.changes()).isEmpty();
    assertThat(staying.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.text()).contains("has 3", "says 6", "compacted"));
  }

  @Test
  void whatCannotBeChangedIsAWarningAndNoChange() {
    // Given
    TopicDefinition wanted =
        new TopicDefinition(
            "a",
            "d",
            "k",
            1,
            3,
            Cleanup.DELETE,
            Duration.ofDays(7),
            null,
            Map.of("no.such.setting", "1"));
    TopicState state = asWanted(deleted("a", 2, Map.of()));

    // When
    Plan plan = plan(wanted, state);

    // Then
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.text())
        .isEqualTo(
            """
            = a
            ! a has 2 partitions, the definition says 1: Kafka takes none away, and more do no harm
            ! a has 1 copies, the definition says 3: move it with kafka-reassign-partitions
            ! a cannot have 'no.such.setting': this broker knows no such setting
            0 to create, 0 to change, 1 as they should be, warnings: 3
            """);
  }

  private static Plan plan(TopicDefinition wanted, TopicState state) {
    return TopicPlanner.plan(
        new Definitions(List.of(wanted)), state == null ? Map.of() : Map.of(wanted.name(), state));
  }

  private static TopicDefinition deleted(String name, int partitions, Map<String, String> config) {
    return new TopicDefinition(
        name, "d", "k", partitions, -1, Cleanup.DELETE, Duration.ofDays(7), null, config);
  }

  private static TopicDefinition compacted(String name, int partitions) {
    return new TopicDefinition(
        name, "d", "k", partitions, -1, Cleanup.COMPACT, null, null, Map.of());
  }

  private static TopicState asWanted(TopicDefinition topic) {
    Map<String, Setting> settings = new HashMap<>();
    topic.settings().forEach((name, value) -> settings.put(name, new Setting(value, Kind.TEXT)));
    return new TopicState(topic.partitions(), 1, settings);
  }

  private static TopicState partitions(TopicState state, int partitions) {
    return new TopicState(partitions, state.replication(), state.settings());
  }

  private static TopicState with(TopicState state, String name, Setting setting) {
    Map<String, Setting> settings = new HashMap<>(state.settings());
    settings.put(name, setting);
    return new TopicState(state.partitions(), state.replication(), settings);
  }
}
