package io.tocsin.agent.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.source.RecordedDrafts;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machine that runs the test, whatever it is: what it tells must make sense. */
@Timeout(120)
class HostSourceTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  /** What each value may be, where the machine has it. */
  private static final Map<String, Predicate<Double>> SANE =
      Map.ofEntries(
          Map.entry("cpu_percent", value -> value >= 0 && value <= 100),
          Map.entry("memory_percent", value -> value > 0 && value <= 100),
          Map.entry("memory_used_bytes", value -> value > 1e6 && value < 1e15),
          Map.entry("memory_total_bytes", value -> value > 1e7 && value < 1e15),
          Map.entry("swap_percent", value -> value >= 0 && value <= 100),
          Map.entry("swap_used_bytes", value -> value >= 0 && value < 1e15),
          Map.entry("swap_total_bytes", value -> value > 0 && value < 1e15),
          Map.entry("load_1m", value -> value >= 0 && value < 10_000),
          Map.entry("load_5m", value -> value >= 0 && value < 10_000),
          Map.entry("load_15m", value -> value >= 0 && value < 10_000),
          Map.entry("disk_percent", value -> value >= 0 && value <= 100),
          Map.entry("disk_free_bytes", value -> value >= 0 && value < 1e18),
          Map.entry("network_bytes_per_second", HostSourceTest::isRate),
          Map.entry("network_received_bytes_per_second", HostSourceTest::isRate),
          Map.entry("network_sent_bytes_per_second", HostSourceTest::isRate),
          Map.entry("disk_io_bytes_per_second", HostSourceTest::isRate),
          Map.entry("disk_io_read_bytes_per_second", HostSourceTest::isRate),
          Map.entry("disk_io_written_bytes_per_second", HostSourceTest::isRate),
          Map.entry("temperature_celsius", value -> value > 0 && value < 150));

  private final RecordedDrafts drafts = new RecordedDrafts();

  private static boolean isRate(double value) {
    return value >= 0 && value < 1e12;
  }

  @Test
  void everyValueOfThisMachineMakesSense() throws Exception {
    // Given
    HostSource source = source("{ every: 10s }");

    // When: OSHI keeps what it counted for 300 ms, so the second look may still see the first
    await().atMost(Duration.ofSeconds(60)).until(() -> look(source).containsKey("cpu_percent"));

    // Then
    Telemetry told = drafts.telemetry.getLast();
    assertThat(told.kind()).isEqualTo("host");
    assertThat(told.service()).isEqualTo("host");
    assertThat(told.device()).isEqualTo("edge-01");
    assertThat(told.ts()).isEqualTo(NOW);
    // cpu-high, memory-high and disk-full read these, and every Linux has them
    assertThat(told.values()).containsKeys("cpu_percent", "memory_percent", "disk_percent");
    assertThat(told.values()).containsKeys("load_1m", "load_5m", "load_15m");
    told.values().forEach(HostSourceTest::assertSane);
    assertThat(told.meta()).containsKey("disks");
    assertThat(source.status().records()).isEqualTo(drafts.telemetry.size());
  }

  @Test
  void aProgramThatIsStartedAgainIsARestart() throws Exception {
    // Given
    String seconds = "9" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    HostSource source =
        source(
            "{ processes: [{ name: sleeper, service: naps, command: 'sleep " + seconds + "' }] }");
    Process first = new ProcessBuilder("sleep", seconds).start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> look(source).get("processes").equals(1));
    } finally {
      first.destroyForcibly().waitFor();
    }
    Process second = new ProcessBuilder("sleep", seconds).start();

    // When
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> look(source).get("processes").equals(1));
    } finally {
      second.destroyForcibly().waitFor();
    }

    // Then: threads-high reads service, device and threads
    Telemetry told = drafts.telemetry.getLast();
    assertThat(told.kind()).isEqualTo("host");
    assertThat(told.service()).isEqualTo("naps");
    assertThat(told.device()).isEqualTo("edge-01/sleeper");
    assertThat(told.values()).containsEntry("threads", 1).containsEntry("restarts", 1L);
    assertThat((long) told.values().get("process_memory_bytes")).isBetween(10_000L, 100_000_000L);
    assertThat(told.values()).doesNotContainKeys("cpu_percent", "memory_percent");
  }

  @Test
  void itMeasuresAtOnceAndEndsWhenClosed() {
    // Given
    HostSource source = source("{ every: 1h }");

    // When
    source.start();

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> source.status().records() == 1);
    source.close();
  }

  @Test
  void whatIsLeftOutHasADefault() {
    // When
    HostConfig config = read("{}");

    // Then
    assertThat(config.name()).isEqualTo("host");
    assertThat(config.service()).isEqualTo("host");
    assertThat(config.every()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.processes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ every: 999ms } | must be at least 1s",
        "{ name: a/b } | must be a name without a slash",
        "{ processes: [{ name: a, command: '.*' }] } | must not fit every program",
        "{ processes: [{ name: a, command: x }, { name: a, command: y }] } | names two programs",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private Map<String, @Nullable Object> look(HostSource source) throws InterruptedException {
    source.measure();
    return drafts.telemetry.getLast().values();
  }

  private static void assertSane(String name, @Nullable Object value) {
    if (name.equals("disk_fullest")) {
      assertThat(value).asString().startsWith("/");
      return;
    }
    assertThat(SANE).containsKey(name);
    assertThat(value).isInstanceOf(Number.class);
    double number = ((Number) value).doubleValue();
    assertThat(SANE.get(name).test(number)).as("%s is %s", name, value).isTrue();
  }

  private HostSource source(String yaml) {
    return new HostSource(read(yaml), "edge-01", drafts, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static HostConfig read(String yaml) {
    return ConfigReader.read("agent.yaml", yaml, HostConfig.class);
  }
}
