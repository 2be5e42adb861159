package io.tocsin.agent.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.agent.source.RecordedDrafts;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final AtomicLong nanos = new AtomicLong();
  private final RecordedDrafts declared = new RecordedDrafts();
  private final Metrics metrics = new Metrics();

  @Test
  void nothingIsAskedForAndNothingIsDone() {
    // Given
    Transform none = transform("{}", true);
    LogEvent event = event(Level.DEBUG, Map.of("a", 1L));

    // Then
    assertThat(none.admit(Level.DEBUG)).isEqualTo(Verdict.Keep.ONE);
    assertThat(none.shape(event, Verdict.Keep.ONE)).isSameAs(event);
  }

  @Test
  void labelsStandInMetaAndWhatStoodThereBefore() {
    // Given
    Transform transform = transform("labels: { site: istanbul, floor: '2' }", true);

    // When
    LogEvent event = transform.shape(event(Level.INFO, Map.of("site", "moon")), Verdict.Keep.ONE);
    Telemetry measured = transform.shape(telemetry(Map.of("N", 1L)));

    // Then
    assertThat(event.meta())
        .containsOnly(
            Map.entry("site", "istanbul"),
            Map.entry("exported_site", "moon"),
            Map.entry("floor", "2"));
    assertThat(measured.meta()).containsEntry("site", "istanbul");
    assertThat(measured.values()).containsExactly(Map.entry("N", 1L));
  }

  @Test
  void ofAMeasurementOnlyTextsAreRedacted() {
    // Given
    Transform transform = transform("redact: { patterns: [card-numbers, passwords] }", true);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("PWD", new BigDecimal("220.5"));
    values.put("CARD", "4111111111111111");
    values.put("N", 4111111111111111L);

    // When
    Telemetry shaped = transform.shape(telemetry(values));

    // Then
    assertThat(shaped.values())
        .containsEntry("PWD", new BigDecimal("220.5"))
        .containsEntry("CARD", "[redacted:card-number]")
        .containsEntry("N", 4111111111111111L);
  }

  @Test
  void aboveTheRateOneInSoManyIsKeptAndEveryError() {
    // Given
    Transform transform = transform("sample: { above: 100, keep-one-in: 10 }", true);

    // When
    int[] first = minute(transform);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    int[] second = minute(transform);

    // Then: of 1000 INFO and 100 ERROR in turn
    assertThat(first).containsExactly(91 + 90, 100);
    assertThat(second).containsExactly(91 + 90, 100);
  }

  /** How many INFO and ERROR of 1000 and 100 are kept. */
  private int[] minute(Transform transform) {
    int[] kept = new int[2];
    for (int i = 0; i < 1100; i++) {
      Level level = i % 11 == 10 ? Level.ERROR : Level.INFO;
      if (transform.admit(level) instanceof Verdict.Keep) {
        kept[level == Level.INFO ? 0 : 1]++;
      }
    }
    return kept;
  }

  @Test
  void whatIsKeptWhileOthersAreDroppedSaysForHowManyItStands() {
    // Given
    Transform transform = transform("sample: { above: 0, keep-one-in: 3 }", true);

    // When
    Verdict first = transform.admit(Level.INFO);
    Verdict second = transform.admit(Level.INFO);
    Verdict third = transform.admit(Level.INFO);

    // Then
    assertThat(first).isEqualTo(new Verdict.Drop("sampled"));
    assertThat(second).isEqualTo(new Verdict.Drop("sampled"));
    assertThat(third).isEqualTo(new Verdict.Keep(3));
    assertThat(transform.shape(event(Level.INFO, Map.of()), (Verdict.Keep) third).meta())
        .containsExactly(Map.entry("sample_rate", 3));
    assertThat(transform.admit(null)).as("a measurement").isEqualTo(Verdict.Keep.ONE);
  }

  @Test
  void aRateMakesWaitWhatCanAndDropsTheRest() {
    // Given a burst of two seconds' worth
    Transform patient = transform("max-rate: 5", true);
    Transform device = transform("max-rate: 5", false);

    // When
    long kept = 0;
    while (patient.admit(Level.INFO) instanceof Verdict.Keep) {
      kept++;
    }
    for (int i = 0; i < 10; i++) {
      assertThat(device.admit(null)).isEqualTo(Verdict.Keep.ONE);
    }

    // Then
    assertThat(kept).isEqualTo(10);
    assertThat(patient.admit(Level.INFO)).isEqualTo(new Verdict.Wait(Duration.ofMillis(200)));
    assertThat(device.admit(null)).isEqualTo(new Verdict.Drop("rate"));
    nanos.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(patient.admit(Level.INFO)).isEqualTo(Verdict.Keep.ONE);
    assertThat(patient.admit(Level.INFO)).isInstanceOf(Verdict.Wait.class);
  }

  @Test
  void theFirstDropIsDeclaredAtOnceAndTheOthersTogether() throws Exception {
    // Given
    Transform transform = transform("max-rate: 5", false);

    // When
    transform.dropped("rate", Level.INFO, "e1", 100);
    transform.dropped("rate", Level.ERROR, "e1", 200);
    transform.dropped("rate", null, "e1", 300);
    transform.dropped("sampled", Level.INFO, "e2", 7);
    transform.declareWhenDue();
    assertThat(declared.logs).hasSize(1);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    transform.declareWhenDue();

    // Then
    assertThat(declared.logs)
        .extracting(LogEvent::message)
        .containsExactly(
            "api: 1 record dropped (rate)",
            "api: 2 records dropped (rate)",
            "api: 1 record dropped (sampled)");
    LogEvent two = declared.logs.get(1);
    assertThat(two.service()).isEqualTo("tocsin-agent");
    assertThat(two.event()).isEqualTo("records_dropped");
    assertThat(two.level()).isEqualTo(Level.WARNING);
    assertThat(two.ts()).isEqualTo(NOW);
    assertThat(two.meta())
        .containsEntry("source", "api")
        .containsEntry("reason", "rate")
        .containsEntry("epoch", "e1")
        .containsEntry("from", 200L)
        .containsEntry("to", 300L)
        .containsEntry("records", 2L)
        .containsEntry("by_level", Map.of("ERROR", 1L, "measurements", 1L));
    assertThat(new String(metrics.text(), UTF_8))
        .contains("tocsin_agent_dropped_records_total{reason=\"rate\",source=\"api\"} 3.0")
        .contains("tocsin_agent_dropped_records_total{reason=\"sampled\",source=\"api\"} 1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redact: {} | redact: needs patterns, own or hash",
        "redact: { patterns: [token] } | must be one of tokens, passwords, card-numbers, emails",
        "redact: { own: { a: '(?=x)' } } | redact.own.a: '(?=x)' must be a regular expression",
        "redact: { own: { a: 'x*' } } | must not fit the empty text",
        "redact: { hash: { fields: [], key: { env: PATH } } } | must name at least one field",
        "redact: { hash: { fields: [a], key: plain } } | must be { env: NAME } or { file: PATH }",
        "redact: { hash: { fields: [a], key: { env: NO_SUCH_KEY } } } | is not set",
        "sample: { above: -1, keep-one-in: 10 } | must be 0 or more",
        "sample: { above: 10, keep-one-in: 1 } | must be 2 or more",
        "sample: { above: 10 } | keep-one-in: is missing",
        "max-rate: 0 | must be 1 or more a second",
        "excess: drop | goes with max-rate",
        "labels: { '': x } | must not hold an empty name",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("agent.yaml:1: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aKeyThatIsTooShortIsRefusedWithoutBeingShown(@TempDir Path dir) throws Exception {
    // Given
    Path key = Files.writeString(dir.resolve("key"), "hunter2");

    // When
    assertThatThrownBy(
            () -> read("redact: { hash: { fields: [a], key: { file: %s } } }".formatted(key)))

        // Then
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("16 characters or more")
        .hasMessageNotContaining("hunter2");
  }

  private static TransformSettings read(String yaml) {
    return ConfigReader.read("agent.yaml", yaml, TransformSettings.class);
  }

  private Transform transform(String yaml, boolean canWait) {
    return new Transform(
        "api",
        read(yaml),
        null,
        canWait,
        declared,
        Clock.fixed(NOW, ZoneOffset.UTC),
        nanos::get,
        metrics);
  }

  private static LogEvent event(Level level, Map<String, Object> meta) {
    return LogEvent.of(NOW, "api", level, "log", "hello", meta);
  }

  private static Telemetry telemetry(Map<String, Object> values) {
    return new Telemetry(NOW, "charger", "c-1", "stat", values, Map.of(), null, null);
  }
}
