package io.tocsin.agent.source.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.agent.parse.frame.Rejection;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is told of a device, with the time in the test's hand. */
class DeviceEventsTest {

  private static final Instant TS = Instant.parse("2026-01-02T03:04:05.678Z");

  private final Drafts drafts = new Drafts();
  private final DeviceLog log = new DeviceLog(Devices.charger(Path.of("/dev/ttyUSB0")), drafts);
  private final AtomicLong nanos = new AtomicLong(7);

  @Test
  void aStateIsToldOfWhenItChangesAndNotBefore() throws InterruptedException {
    // Given
    StateWatch watch =
        new StateWatch(new StateSettings("STATE", Map.of("1", "IDLE", "8", "FAULT_HARD")), log);

    // When
    for (Object state : new Object[] {1L, 1L, 8L, 3L}) {
      watch.see(TS, Map.of("STATE", state));
      watch.see(TS, Map.of("PWM", 255L));
    }

    // Then
    assertThat(drafts.logs).hasSize(2);
    assertThat(drafts.logs.getFirst())
        .isEqualTo(
            LogEvent.of(
                TS,
                "charger",
                Level.ERROR,
                "state_changed",
                "charger-01 STATE IDLE → FAULT_HARD",
                Map.of(
                    "device", "charger-01",
                    "port", "/dev/ttyUSB0",
                    "field", "STATE",
                    "from", 1L,
                    "to", 8L,
                    "from_name", "IDLE",
                    "to_name", "FAULT_HARD")));
    assertThat(drafts.logs.getLast().level()).isEqualTo(Level.INFO);
    assertThat(drafts.logs.getLast().meta()).containsEntry("to_name", "3");
  }

  @Test
  void rejectedFramesAreToldOfAtOnceAndThenGathered() throws InterruptedException {
    // Given
    RejectionReport report = new RejectionReport(log, nanos::get);

    // When
    for (int i = 0; i < 1000; i++) {
      report.add(TS, Rejection.NOT_TEXT, new byte[] {(byte) 0xFF, 'a'}, 2);
    }
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    report.tellWhenDue(TS);
    report.tellWhenDue(TS);

    // Then
    assertThat(drafts.logs)
        .extracting(LogEvent::event, LogEvent::level, event -> event.meta().get("count"))
        .containsExactly(
            tuple("frame_rejected", Level.WARNING, 1), tuple("frame_rejected", Level.WARNING, 999));
    assertThat(drafts.logs.getLast().meta())
        .containsEntry("not_text", 999)
        .containsEntry("last_hex", "ff61")
        .containsEntry("last_length", 2);
  }

  @Test
  void noiseIsKeptUpToABound() throws InterruptedException {
    // Given
    Metrics metrics = new Metrics();
    NoiseLog noise = new NoiseLog(log, nanos::get, new SerialMetrics(metrics, "charger-01"));

    // When
    for (int i = 0; i < 1000; i++) {
      noise.keep(TS, "of12\u0007".getBytes(US_ASCII));
    }
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    noise.keep(TS, "later".getBytes(US_ASCII));

    // Then
    assertThat(drafts.logs).hasSize(201).allMatch(event -> event.level() == Level.DEBUG);
    assertThat(drafts.logs.getFirst().message()).isEqualTo("of12.");
    assertThat(drafts.logs.getFirst().meta()).containsEntry("hex", "6f66313207");
    assertThat(new String(metrics.text(), US_ASCII))
        .contains("tocsin_agent_serial_noise_untold_total{device=\"charger-01\"} 800.0");
  }
}
