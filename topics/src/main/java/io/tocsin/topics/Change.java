package io.tocsin.topics;

import java.util.Map;

/** One step that brings a topic closer to its definition. */
public sealed interface Change {

  /** The topic's name. */
  String topic();

  /**
   * The topic is not there.
   *
   * @param definition how it will be
   */
  record CreateTopic(TopicDefinition definition) implements Change {
    @Override
    public String topic() {
      return definition.name();
    }
  }

  /**
   * The topic has fewer partitions than it should. A key's later records may come to stand in
   * another partition than its earlier ones.
   */
  record IncreasePartitions(String topic, int from, int to) implements Change {}

  /**
   * Settings whose value in effect is another.
   *
   * @param settings name to values, in the definition's order
   */
  record AlterConfig(String topic, Map<String, Values> settings) implements Change {

    /** The value in effect, and the one that the definition wants. */
    public record Values(String from, String to) {}
  }
}
