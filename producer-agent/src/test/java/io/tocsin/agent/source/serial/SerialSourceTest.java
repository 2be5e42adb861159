package io.tocsin.agent.source.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real thing on a pseudo terminal: jSerialComm, the kernel, plugs pulled. */
class SerialSourceTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  private final Drafts drafts = new Drafts();
  private final Metrics metrics = new Metrics();
  private SerialSource source;

  @AfterEach
  void closeSource() {
    if (source != null) {
      source.close();
    }
  }

  @Test
  void aFrameBecomesTelemetryWithTheTimeItWasRead() throws Exception {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      startConnected(Devices.charger(link()), 1);

      // When
      send(port, "noise\r\n<STAT;ID=4;CPV=3920.10;>");

      // Then
      await().atMost(SOON).until(() -> !drafts.telemetry.isEmpty());
      assertThat(drafts.telemetry)
          .containsExactly(
              new Telemetry(
                  NOW,
                  "charger",
                  "charger-01",
                  "stat",
                  Map.of("ID", 4L, "CPV", new BigDecimal("3920.10")),
                  Map.of(),
                  null,
                  null));
      assertThat(source.status().healthy()).isTrue();
      assertThat(source.status().records()).as("the frame and serial_connected").isEqualTo(2);
      assertThat(source.name()).isEqualTo("charger-01");
    }
  }

  @Test
  void aDevicePulledAndPluggedAgainIsReadOnUnderItsName() throws Exception {
    // Given
    PseudoSerialPort port = PseudoSerialPort.open(link());
    startConnected(Devices.charger(link()), 1);

    for (int round = 1; round <= 10; round++) {
      // When
      send(port, "<STAT;ID=" + round + ";><STAT;half");
      awaitFrames(round);
      port.close();
      int gone = round;
      await().atMost(SOON).until(() -> drafts.of("serial_disconnected").size() == gone);
      port = PseudoSerialPort.open(link());
      long back = System.nanoTime();
      await().atMost(SOON).until(() -> drafts.of("serial_connected").size() == gone + 1);

      // Then
      assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
    }
    port.close();

    // Then
    assertThat(drafts.telemetry)
        .extracting(it -> it.values().get("ID"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    LogEvent gone = drafts.of("serial_disconnected").getFirst();
    assertThat(gone.level()).isEqualTo(Level.WARNING);
    assertThat(gone.meta())
        .containsEntry("device", "charger-01")
        .containsEntry("port", link().toString())
        .containsEntry("reason", "unplugged")
        .containsEntry("frames", 1L)
        .containsEntry("resyncs", 1L);
    assertThat(drafts.of("frame_rejected")).isEmpty();
  }

  @Test
  void aPortThatIsNotThereIsToldOnceAndReadWhenItComes() throws Exception {
    // Given
    start(Devices.charger(link()));
    await().atMost(SOON).until(() -> drafts.of("serial_disconnected").size() == 1);
    assertThat(source.status().healthy()).isFalse();
    assertThat(source.status().detail()).isEqualTo("waiting for " + link());

    // When
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      await().atMost(SOON).until(() -> drafts.of("serial_connected").size() == 1);
      send(port, "<STAT;ID=1;>");

      // Then
      awaitFrames(1);
      assertThat(drafts.of("serial_disconnected")).hasSize(1);
    }
  }

  @Test
  void aLinkThatMovesToAnotherDeviceIsFollowed() throws Exception {
    // Given
    try (PseudoSerialPort first = PseudoSerialPort.open(link())) {
      startConnected(Devices.charger(link()), 1);

      // When
      try (PseudoSerialPort second = PseudoSerialPort.open(link())) {
        await().atMost(SOON).until(() -> drafts.of("serial_connected").size() == 2);
        send(first, "<STAT;ID=1;>");
        send(second, "<STAT;ID=2;>");
        awaitFrames(1);
      }
    }

    // Then
    assertThat(drafts.telemetry).extracting(it -> it.values().get("ID")).containsExactly(2L);
    assertThat(drafts.of("serial_disconnected").getFirst().meta())
        .containsEntry("reason", "vanished");
  }

  @Test
  void theDeviceIsPolled() throws Exception {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      // When
      startConnected(Devices.charger(link(), "poll: { hex: '41 00 2C 00 10', every: 200ms }"), 1);

      // Then
      byte[] polls = port.fromReader().readNBytes(15);
      assertThat(HexFormat.of().formatHex(polls)).isEqualTo("41002c0010".repeat(3));
    }
  }

  @Test
  void rubbishDoesNotKeepTheNextFrameAway() throws Exception {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      startConnected(Devices.charger(link(), "keep-noise: true"), 1);

      // When
      byte[] rubbish = new byte[200_000];
      new Random(1).nextBytes(rubbish);
      port.toReader().write(rubbish);
      send(port, "<" + "x".repeat(10_000) + "\r\n<STAT;ID=1;>");

      // Then
      await()
          .atMost(SOON)
          .until(
              () -> drafts.telemetry.stream().anyMatch(it -> it.values().equals(Map.of("ID", 1L))));
      assertThat(drafts.of("frame_rejected")).hasSize(1);
      assertThat(drafts.of("serial_noise")).isNotEmpty().hasSizeLessThanOrEqualTo(200);
      assertThat(counter("tocsin_agent_serial_bytes_total{device=\"charger-01\"}"))
          .isEqualTo(200_000 + 10_000 + 15);
    }
  }

  @Test
  void aSecondReaderIsToldThatThePortIsBusyAndTakesOverWhenItIsFree() throws Exception {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      startConnected(Devices.charger(link()), 1);
      Drafts others = new Drafts();
      SerialSource second =
          new SerialSource(Devices.charger(link()), others, Clock.systemUTC(), metrics);
      second.start();

      // When
      await().atMost(SOON).until(() -> others.of("serial_busy").size() == 1);
      source.close();

      // Then
      await().atMost(SOON).until(() -> others.of("serial_connected").size() == 1);
      second.close();
      assertThat(others.of("serial_busy")).hasSize(1);
    }
  }

  @Test
  void closingIsPromptAndNoDisconnection() throws Exception {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open(link())) {
      startConnected(Devices.charger(link()), 1);
      long since = System.nanoTime();

      // When
      source.close();

      // Then
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
      assertThat(drafts.of("serial_disconnected")).isEmpty();
      assertThat(port.device()).exists();
    }
  }

  private Path link() {
    return dir.resolve("ttyUSB0");
  }

  private void start(SerialConfig config) {
    source = new SerialSource(config, drafts, Clock.fixed(NOW, ZoneOffset.UTC), metrics);
    source.start();
  }

  private void startConnected(SerialConfig config, int times) {
    start(config);
    await().atMost(SOON).until(() -> drafts.of("serial_connected").size() == times);
  }

  private void awaitFrames(int count) {
    await().atMost(SOON).until(() -> drafts.telemetry.size() == count);
  }

  private double counter(String name) {
    return new String(metrics.text(), ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void send(PseudoSerialPort port, String text) throws IOException {
    port.toReader().write(text.getBytes(ISO_8859_1));
    port.toReader().flush();
  }
}
