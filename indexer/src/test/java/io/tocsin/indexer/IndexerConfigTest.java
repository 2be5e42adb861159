package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.indexer.lifecycle.LifecycleConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexerConfigTest {

  @Test
  void defaultsArePinned() {
    assertThat(IndexerConfig.defaults())
        .isEqualTo(
            new IndexerConfig(
                "tocsin-indexer",
                null,
                new DataSize(1_000_000),
                2,
                Duration.ofMillis(100),
                new DataSize(10 << 20),
                2000,
                Duration.ofHours(48),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                1,
                null,
                new LifecycleConfig(
                    Duration.ofDays(30),
                    Map.of(),
                    Duration.ofDays(1),
                    Duration.ofDays(1),
                    new DataSize(30_000_000_000L),
                    null)));
  }

  @Test
  void everyKeyIsRead() {
    // When
    IndexerConfig config =
        ConfigReader.read(
            "indexer.yaml",
            """
            group: g
            instance: indexer-1
            bulk-size: 4MiB
            bulks-in-flight: 3
            linger: 50ms
            max-record: 5MiB
            earliest-year: 2020
            latest-ahead: 1h
            request-timeout: 10s
            patience: 1m
            shards: 2
            replicas: 1
            lifecycle:
              retention: 7d
              keep: { tocsin-alerts: 365d }
              compress-after: 2h
              every: 0s
              shard-size: 10GB
              snapshots: { repository: backup, type: fs, settings: { location: /backup } }
            """,
            IndexerConfig.class);
    // Then
    assertThat(config)
        .isEqualTo(
            new IndexerConfig(
                "g",
                "indexer-1",
                new DataSize(4 << 20),
                3,
                Duration.ofMillis(50),
                new DataSize(5 << 20),
                2020,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                2,
                1,
                new LifecycleConfig(
                    Duration.ofDays(7),
                    Map.of("tocsin-alerts", Duration.ofDays(365)),
                    Duration.ofHours(2),
                    Duration.ZERO,
                    new DataSize(10_000_000_000L),
                    new LifecycleConfig.Snapshots("backup", "fs", Map.of("location", "/backup")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group: ''",
        "instance: ''",
        "bulk-size: 10B",
        "bulk-size: 1GiB",
        "bulks-in-flight: 0",
        "bulks-in-flight: 17",
        "linger: 11s",
        "max-record: 65MiB",
        "earliest-year: 1970",
        "request-timeout: 10ms",
        "shards: 0",
        "replicas: 9",
        "lifecycle: { retention: 1m }",
        "lifecycle: { keep: { tocsin-health: 1d } }",
        "lifecycle: { every: 1s }",
        "lifecycle: { snapshots: { repository: Backup } }",
        "lifecycle: { snapshots: { repository: b, settings: { location: x } } }"
      })
  void whatMakesNoSenseIsRefused(String yaml) {
    assertThatThrownBy(() -> ConfigReader.read("indexer.yaml", yaml, IndexerConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(yaml.substring(0, yaml.indexOf(':')));
  }
}
