package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertingConfigTest {

  @Test
  void theDefaultsArePinned() {
    // When
    AlertingConfig config = ConfigReader.read("f", "state-dir: /tmp/x", AlertingConfig.class);

    // Then
    assertThat(config)
        .isEqualTo(
            new AlertingConfig(
                Path.of("/tmp/x"), List.of(), 1, 0, Duration.ofMillis(500), new DataSize(8 << 20)))
        .isEqualTo(AlertingConfig.in(Path.of("/tmp/x")));
  }

  @Test
  void everyKeyIsRead() {
    // When
    AlertingConfig config =
        ConfigReader.read(
            "f",
            """
            state-dir: /tmp/x
            rules: [a.yaml, b.yaml]
            threads: 2
            standby-replicas: 1
            commit-interval: 100ms
            cache: 1MiB
            """,
            AlertingConfig.class);

    // Then
    assertThat(config)
        .isEqualTo(
            new AlertingConfig(
                Path.of("/tmp/x"),
                List.of(Path.of("a.yaml"), Path.of("b.yaml")),
                2,
                1,
                Duration.ofMillis(100),
                new DataSize(1 << 20)));
  }

  @Test
  void allThatIsOutOfRangeIsNamedWithItsKey() {
    assertThatThrownBy(
            () -> ConfigReader.read("f", "state-dir: /tmp/x\nthreads: 65", AlertingConfig.class))
        .hasMessageContaining("threads")
        .hasMessageContaining("between 1 and 64");
    assertThatThrownBy(
            () ->
                ConfigReader.read(
                    "f", "state-dir: /tmp/x\ncommit-interval: 6s", AlertingConfig.class))
        .hasMessageContaining("commit-interval");
  }

  @Test
  void kafkaStreamsIsSetUpForExactlyOnceAndSoon() {
    // When
    Map<Object, Object> settings =
        StreamsSettings.of(
            AlertingConfig.in(Path.of("/tmp/x")), KafkaSettings.of("broker:9092"), "me");

    // Then
    assertThat(settings)
        .containsEntry("bootstrap.servers", "broker:9092")
        .containsEntry("application.id", "tocsin-alerting")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 500L)
        .containsEntry("poll.ms", 10L)
        .containsEntry("producer.linger.ms", 100)
        .containsEntry("state.dir", "/tmp/x")
        .containsEntry("main.consumer.group.instance.id", "me");
  }
}
