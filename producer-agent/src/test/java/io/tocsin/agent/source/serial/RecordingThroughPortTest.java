package io.tocsin.agent.source.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recording of a real station through a port, in pieces: each frame once, to the digit. */
class RecordingThroughPortTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void everyFrameArrivesOnceAndExactly() throws Exception {
    // Given
    byte[] capture;
    try (InputStream in = getClass().getResourceAsStream("/charger/station-a.capture")) {
      capture = in.readAllBytes();
    }
    List<Map<String, Object>> expected =
        Pattern.compile("<STAT;([^>]*)>")
            .matcher(new String(capture, ISO_8859_1))
            .results()
            .map(match -> numbers(match.group(1)))
            .toList();
    Drafts drafts = new Drafts();

    // When
    try (PseudoSerialPort port = PseudoSerialPort.open(dir.resolve("ttyUSB0"));
        SerialSource source =
            new SerialSource(
                Devices.charger(dir.resolve("ttyUSB0")),
                drafts,
                Clock.systemUTC(),
                new Metrics())) {
      source.start();
      await().atMost(SOON).until(() -> drafts.of("serial_connected").size() == 1);
      sendInPieces(port, capture, new Random(42));
      await().atMost(SOON).until(() -> source.status().records() == 47);
    }

    // Then
    assertThat(drafts.telemetry).extracting(it -> it.values()).isEqualTo(expected);
    assertThat(drafts.telemetry).allMatch(it -> it.device().equals("charger-01"));
    assertThat(drafts.said().stream().map(RecordingThroughPortTest::line))
        .containsExactly(
            "INFO gf_count GF_COUNT VAL=1",
            "INFO gf_count GF_COUNT VAL=2",
            "INFO fault_cleared FAULT_CLEARED",
            "INFO cardexists CARDEXISTS=1",
            "INFO ack ACK CMD=AUTH STATUS=OK",
            "WARNING pf_ignored_relay_mask PF_IGNORED_RELAY_MASK",
            "INFO ack ACK CMD=AUTH STATUS=OK",
            "INFO gf_count GF_COUNT VAL=1",
            "INFO gf_count GF_COUNT VAL=2",
            "INFO fault_cleared FAULT_CLEARED",
            "INFO ack ACK CMD=AUTH STATUS=OK",
            "ERROR invalid_comma INVALID_COMMA",
            "INFO ack ACK CMD=AUTH STATUS=OK",
            "INFO gf_count GF_COUNT VAL=1",
            "INFO gf_count GF_COUNT VAL=2",
            "INFO fault_cleared FAULT_CLEARED");
    assertThat(drafts.logs).noneMatch(event -> event.level() == Level.DEBUG);
    assertThat(drafts.logs).extracting(LogEvent::service).containsOnly("charger");
  }

  private static void sendInPieces(PseudoSerialPort port, byte[] bytes, Random random)
      throws Exception {
    int at = 0;
    while (at < bytes.length) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(100));
      port.toReader().write(Arrays.copyOfRange(bytes, at, to));
      port.toReader().flush();
      at = to;
    }
  }

  private static Map<String, Object> numbers(String pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : pairs.split(";")) {
      String[] sides = pair.split("=");
      values.put(sides[0], Long.valueOf(sides[1]));
    }
    return values;
  }

  private static String line(LogEvent event) {
    return event.level() + " " + event.event() + " " + event.message();
  }
}
