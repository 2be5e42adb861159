package io.tocsin.topics;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one topic has to be.
 *
 * @param name as the broker knows it
 * @param describe what it holds, for people
 * @param key what its records are keyed by, for people: a broker does not know
 * @param partitions at least 1; a cluster's may be more
 * @param replication copies of each partition; -1 leaves it to the cluster's default
 * @param cleanup what it forgets
 * @param retention how long records are kept; given exactly when cleanup is delete
 * @param maxMessage the largest batch; null leaves it to the cluster's default
 * @param config any other topic setting of the broker, under its own name
 */
public record TopicDefinition(
    @Doc("the topic's name") String name,
    @Doc("what it holds") String describe,
    @Doc("what its records are keyed by") String key,
    @Default("1") @Doc("at least this many") int partitions,
    @Default("-1") @Doc("copies of each partition; -1 for the cluster's default") int replication,
    @Default("delete") @Doc("delete or compact") Cleanup cleanup,
    @Doc("how long records are kept, with cleanup delete") @Nullable Duration retention,
    @Doc("the largest batch it takes") @Nullable DataSize maxMessage,
    @Default("{}") @Doc("any other setting of the broker, by its name")
        Map<String, String> config) {

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final List<String> OWN =
      List.of("cleanup.policy", "retention.ms", "max.message.bytes");

  public TopicDefinition {
    require(
        LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals(".."),
        "name",
        name,
        "must be 1 to 249 letters, digits, dots, dashes and underscores");
    require(partitions >= 1, "partitions", partitions, "must be at least 1");
    require(
        replication == -1 || replication >= 1,
        "replication",
        replication,
        "must be at least 1, or -1 for the cluster's default");
    require(
        cleanup == Cleanup.COMPACT || retention != null,
        "retention",
        null,
        "is needed when cleanup is delete, such as 7d");
    require(
        cleanup == Cleanup.DELETE || retention == null,
        "retention",
        retention,
        "is not for a compacted topic: it keeps the latest record of each key for ever");
    require(
        retention == null || retention.toMillis() > 0,
        "retention",
        retention,
        "must be longer than nothing");
    for (String setting : OWN) {
      require(
          !config.containsKey(setting),
          "config",
          setting,
          "has a key of its own: cleanup, retention or max-message");
    }
    config = Map.copyOf(config);
  }

  /** Every setting that this definition has an opinion on, under the broker's names. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    // Event time lives in the payload: as the record's timestamp, a backlog older than the
    // retention would vanish on arrival.
    settings.put("message.timestamp.type", "LogAppendTime");
    settings.put("cleanup.policy", cleanup.policy());
    if (retention != null) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
    }
    if (maxMessage != null) {
      settings.put("max.message.bytes", Long.toString(maxMessage.bytes()));
    }
    config.keySet().stream().sorted().forEach(name -> settings.put(name, config.get(name)));
    return settings;
  }
}
