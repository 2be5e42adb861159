package io.tocsin.topics;

import io.tocsin.bootstrap.config.Durations;
import io.tocsin.topics.Change.AlterConfig;
import io.tocsin.topics.Change.CreateTopic;
import io.tocsin.topics.Change.IncreasePartitions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as a diff to read. */
final class PlanText {

  private final StringBuilder text = new StringBuilder();
  private int create;
  private int change;
  private int same;

  PlanText(Plan plan) {
    for (TopicDefinition topic : plan.definitions().topics()) {
      List<Change> changes =
          plan.changes().stream().filter(c -> c.topic().equals(topic.name())).toList();
      head(topic, changes);
      changes.forEach(this::details);
      plan.warnings().stream()
          .filter(warning -> warning.topic().equals(topic.name()))
          .forEach(warning -> line("! " + topic.name() + " " + warning.text()));
    }
    line(
        "%d to create, %d to change, %d as they should be%s"
            .formatted(
                create,
                change,
                same,
                plan.warnings().isEmpty() ? "" : ", warnings: " + plan.warnings().size()));
  }

  private void head(TopicDefinition topic, List<Change> changes) {
    if (changes.isEmpty()) {
      same++;
      line("= " + topic.name());
    } else if (changes.getFirst() instanceof CreateTopic) {
      create++;
      line("+ " + topic.name());
    } else {
      change++;
      line("~ " + topic.name());
    }
  }

  private void details(Change step) {
    switch (step) {
      case CreateTopic created -> created(created.definition());
      case IncreasePartitions grown ->
          line(
              "    ~ partitions: %d -> %d (a key's later records may stand in another partition)"
                  .formatted(grown.from(), grown.to()));
      case AlterConfig altered ->
          altered
              .settings()
              .forEach(
                  (name, values) ->
                      line(
                          "    ~ %s: %s -> %s"
                              .formatted(
                                  name,
                                  readable(name, values.from()),
                                  readable(name, values.to()))));
    }
  }

  private void created(TopicDefinition topic) {
    line("    + partitions: " + topic.partitions());
    if (topic.replication() != -1) {
      line("    + replication: " + topic.replication());
    }
    line(
        topic.settings().entrySet().stream()
            .map(
                entry ->
                    "    + " + entry.getKey() + ": " + readable(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n")));
  }

  /** Milliseconds as people say them, beside the number that the broker takes. */
  private static String readable(String name, String value) {
    if (name.endsWith(".ms") && value.matches("[1-9]\\d{3,14}")) {
      return value + " (" + Durations.format(Duration.ofMillis(Long.parseLong(value))) + ")";
    }
    return value;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
