package io.tocsin.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/reference/topics.md in step with topics.yaml. To write it anew: {@code ./mvnw -pl
 * topics test -Dtest=TopicReferenceTest -Dtocsin.docs.write=true}.
 */
class TopicReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "topics.md");

  @Test
  void theReferencePageSaysWhatTheDefinitionsSay() throws IOException {
    // Given
    String fresh = page(Definitions.builtIn());
    if (Boolean.getBoolean("tocsin.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, fresh);
    }

    // When
    String written = Files.readString(PAGE);

    // Then
    assertThat(written)
        .as("docs/reference/topics.md is stale, see this test's Javadoc")
        .isEqualTo(fresh);
  }

  private static String page(Definitions definitions) {
    String rows =
        definitions.topics().stream().map(TopicReferenceTest::row).collect(Collectors.joining());
    return """
        # Topics

        *Generated from `topics/src/main/resources/io/tocsin/topics/topics.yaml`; do not edit.*

        | topic | holds | key | partitions | cleanup | other settings |
        | --- | --- | --- | --- | --- | --- |
        %s
        Every topic stamps its records on append (`message.timestamp.type=LogAppendTime`); event time
        lives in the payload. Copies of each partition are the cluster's default.

        `tocsin topics plan` shows how a cluster differs from this table and changes nothing;
        `tocsin topics apply` makes the difference go away. Topics that are not listed, and settings
        that are not named here, are left alone; nothing is ever deleted.
        """
        .formatted(rows);
  }

  private static String row(TopicDefinition topic) {
    String kept =
        topic.retention() == null ? "compact" : "delete, " + Durations.format(topic.retention());
    return "| `%s` | %s | %s | %d | %s | %s |\n"
        .formatted(
            topic.name(), topic.describe(), topic.key(), topic.partitions(), kept, others(topic));
  }

  private static String others(TopicDefinition topic) {
    return topic.settings().entrySet().stream()
        .filter(setting -> !setting.getKey().equals("message.timestamp.type"))
        .filter(setting -> !setting.getKey().equals("cleanup.policy"))
        .filter(setting -> !setting.getKey().equals("retention.ms"))
        .map(Map.Entry::toString)
        .map(setting -> "`" + setting + "`")
        .collect(Collectors.joining(" "));
  }
}
