package io.tocsin.indexer.lifecycle;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an index when nobody writes to it any more. All times count from its last write.
 *
 * @param retention how long an index is kept
 * @param keep the same for some families, such as {@code tocsin-alerts}
 * @param compressAfter when it is compressed and merged to one segment a shard
 * @param every how often the service looks; zero leaves it to {@code tocsin indexer lifecycle}
 * @param shardSize how large a shard may grow in a day before the next days get one more
 * @param snapshots where an index is copied to before it is deleted; null for nowhere
 */
public record LifecycleConfig(
    @Default("30d") @Doc("how long an index is kept after its last write") Duration retention,
    @Default("{}") @Doc("the same for one kind: tocsin-logs, tocsin-telemetry or tocsin-alerts")
        Map<String, Duration> keep,
    @Default("1d") @Doc("when an index that rests is compressed and merged") Duration compressAfter,
    @Default("24h") @Doc("how often the service sees to it; 0s: never, a command does")
        Duration every,
    @Default("30GB") @Doc("a day's shard larger than this gives the next days one more")
        DataSize shardSize,
    @Doc("where an index is copied to before it is deleted") @Nullable Snapshots snapshots) {

  private static final Duration SHORTEST = Duration.ofHours(1);

  public LifecycleConfig {
    keep = Map.copyOf(keep);
    requireLong("retention", retention);
    keep.forEach(
        (family, duration) -> {
          require(
              Family.NAMES.contains(family),
              "keep",
              family,
              "must be one of " + String.join(", ", Family.NAMES));
          requireLong("keep", duration);
        });
    requireLong("compress-after", compressAfter);
    require(
        every.isZero() || every.compareTo(Duration.ofMinutes(1)) >= 0,
        "every",
        every,
        "must be 0s or at least 1m");
    require(
        shardSize.bytes() >= 1L << 20, "shard-size", shardSize.bytes(), "must be at least 1MiB");
  }

  private static void requireLong(String key, Duration duration) {
    require(duration.compareTo(SHORTEST) >= 0, key, duration, "must be at least 1h");
  }

  /** All defaults. */
  public static LifecycleConfig defaults() {
    return ConfigReader.read("defaults", "{}", LifecycleConfig.class);
  }

  Duration retentionOf(String family) {
    return keep.getOrDefault(family, retention);
  }

  /**
   * A snapshot repository.
   *
   * @param repository its name in the cluster
   * @param type {@code fs} or {@code s3}; null when somebody else has registered it
   * @param settings of that type, such as {@code location} or {@code bucket}
   */
  public record Snapshots(
      @Doc("the repository's name") String repository,
      @Doc("fs or s3; left out: it is registered already") @Nullable String type,
      @Default("{}") @Doc("the repository's settings, such as location or bucket")
          Map<String, String> settings) {

    public Snapshots {
      settings = Map.copyOf(settings);
      require(
          repository.matches("[a-z0-9][a-z0-9._-]*"),
          "repository",
          repository,
          "must be lower case letters, digits, dots, dashes and underscores");
      require(
          type != null || settings.isEmpty(),
          "type",
          null,
          "is needed with settings, such as fs or s3");
    }
  }
}
