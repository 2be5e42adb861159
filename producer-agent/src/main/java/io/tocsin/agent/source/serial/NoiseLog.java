package io.tocsin.agent.source.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tocsin.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/** Keeps noise as DEBUG events, up to 200 pieces in ten seconds: a boot banner, not a flood. */
final class NoiseLog {

  private static final int MOST = 200;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final DeviceLog log;
  private final LongSupplier nanoTime;
  private final SerialMetrics metrics;
  private long windowStart;
  private int told;

  NoiseLog(DeviceLog log, LongSupplier nanoTime, SerialMetrics metrics) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.windowStart = nanoTime.getAsLong();
  }

  void keep(Instant ts, byte[] piece) throws InterruptedException {
    if (nanoTime.getAsLong() - windowStart >= WINDOW.toNanos()) {
      windowStart = nanoTime.getAsLong();
      told = 0;
    }
    if (told == MOST) {
      metrics.noiseUntold();
      return;
    }
    told++;
    Map<String, Object> meta =
        Map.of("bytes", piece.length, "hex", HexFormat.of().formatHex(piece));
    log.event(ts, Level.DEBUG, "serial_noise", printable(piece), meta);
  }

  private static String printable(byte[] piece) {
    StringBuilder text = new StringBuilder(new String(piece, ISO_8859_1));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        text.setCharAt(i, '.');
      }
    }
    return text.toString();
  }
}
