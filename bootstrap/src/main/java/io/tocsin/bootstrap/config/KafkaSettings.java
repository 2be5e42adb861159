package io.tocsin.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to reach the Kafka cluster: {@code bootstrap-servers} and any client property under its own
 * name, such as {@code security.protocol}. A value may be a {@link Secret}'s reference. Immutable.
 */
public final class KafkaSettings {

  private final Map<String, Object> values;

  private KafkaSettings(Map<String, Object> values) {
    this.values = values;
  }

  /** A cluster that asks for nothing. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Reads the {@code kafka} section of a file. */
  public static KafkaSettings fromConfig(ConfigNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : node.keys()) {
      Object value = Secret.plainOrSecret(node.get(key).orElseThrow());
      values.put(key.equals("bootstrap-servers") ? "bootstrap.servers" : key, value);
    }
    if (!values.containsKey("bootstrap.servers")) {
      throw node.missing("bootstrap-servers", "such as kafka:9092");
    }
    return new KafkaSettings(values);
  }

  /** Where the cluster is, for messages. */
  public String bootstrapServers() {
    return values.getOrDefault("bootstrap.servers", "").toString();
  }

  /**
   * A client's properties: these, then {@code own} where the user said nothing. The map holds the
   * secrets in the clear: hand it to the client, do not log it.
   */
  public Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> all = new LinkedHashMap<>(own);
    values.forEach((key, value) -> all.put(key, value instanceof Secret s ? s.reveal() : value));
    return all;
  }

  @Override
  public String toString() {
    return "KafkaSettings" + values;
  }
}
