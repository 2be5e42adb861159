package io.tocsin.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Problem;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {

  @TempDir Path dir;

  @Test
  void builtInDefinitionsAreExactlyTheTopicsThatTheCodeNames() {
    // Given
    List<String> named = Arrays.stream(Topics.class.getFields()).map(this::constant).toList();

    // When
    Definitions builtIn = Definitions.builtIn();

    // Then
    assertThat(builtIn.names()).containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void everyBuiltInTopicStampsItsRecordsOnAppend() {
    assertThat(Definitions.builtIn().topics())
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void compactedTopicsAreThoseThatHoldALatestState() {
    assertThat(Definitions.builtIn().topics())
        .filteredOn(topic -> topic.cleanup() == Cleanup.COMPACT)
        .extracting(TopicDefinition::name)
        .containsExactlyInAnyOrder(
            Topics.ALERT_STATE, Topics.HEALTH, Topics.RULES, Topics.SILENCES, Topics.DELIVERIES);
  }

  @Test
  void whatAFileLeavesOutTakesItsDefault() throws IOException {
    // Given
    Path file = file("topics: [{ name: a, describe: d, key: k, retention: 7d }]");

    // When
    Definitions definitions = Definitions.read(file);

    // Then
    assertThat(definitions.topics())
        .containsExactly(
            new TopicDefinition(
                "a", "d", "k", 1, -1, Cleanup.DELETE, Duration.ofDays(7), null, Map.of()));
  }

  @Test
  void everyKeyOfAFileArrives() throws IOException {
    // Given
    Path file =
        file(
            """
            topics:
              - name: a
                describe: d
                key: k
                partitions: 5
                replication: 3
                cleanup: compact
                max-message: 2MiB
                config: { segment.ms: 1000 }
            """);

    // When
    TopicDefinition topic = Definitions.read(file).topics().getFirst();

    // Then
    assertThat(topic)
        .isEqualTo(
            new TopicDefinition(
                "a",
                "d",
                "k",
                5,
                3,
                Cleanup.COMPACT,
                null,
                new DataSize(2 << 20),
                Map.of("segment.ms", "1000")));
    assertThat(topic.settings())
        .containsExactly(
            Map.entry("message.timestamp.type", "LogAppendTime"),
            Map.entry("cleanup.policy", "compact"),
            Map.entry("max.message.bytes", "2097152"),
            Map.entry("segment.ms", "1000"));
  }

  @Test
  void everyProblemOfAFileIsReportedAtOnceWithItsLine() throws IOException {
    // Given
    Path file =
        file(
            """
            topics:
              - name: bad name!
                describe: d
                key: k
                retention: 7d
              - name: b
                describe: d
                key: k
                partitions: 0
                retention: 7d
              - name: c
                describe: d
                key: k
                partitons: 3
                retention: 7
              - name: d
                describe: d
                key: k
              - name: e
                describe: d
                key: k
                cleanup: compact
                retention: 7d
              - name: f
                describe: d
                key: k
                retention: 7d
                config: { retention.ms: 1 }
            """);

    // When
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> Definitions.read(file));

    // Then
    assertThat(e.problems())
        .extracting(Problem::line, Problem::key)
        .containsExactly(
            tuple(2, "topics[0].name"),
            tuple(9, "topics[1].partitions"),
            tuple(14, "topics[2].partitons"),
            tuple(15, "topics[2].retention"),
            tuple(16, "topics[3].retention"),
            tuple(23, "topics[4].retention"),
            tuple(28, "topics[5].config"));
    assertThat(e).hasMessageContaining("did you mean 'partitions'?");
  }

  @Test
  void aTopicDefinedTwiceIsRefused() throws IOException {
    // Given
    Path file =
        file(
            """
            topics:
              - { name: a, describe: d, key: k, retention: 7d }
              - { name: a, describe: d, key: k, retention: 8d }
            """);

    // When, Then
    assertThatThrownBy(() -> Definitions.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'a' is defined twice");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("topics.yaml"), yaml);
  }

  private String constant(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
