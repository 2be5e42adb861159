package io.tocsin.agent.source.serial;

import io.tocsin.agent.parse.frame.FrameSink;
import io.tocsin.agent.parse.frame.Rejection;
import io.tocsin.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of rejected frames: the first at once, what follows gathered into one event every ten
 * seconds, so that a broken cable does not flood what it is reported to.
 */
final class RejectionReport {

  private static final Duration APART = Duration.ofSeconds(10);

  private final DeviceLog log;
  private final LongSupplier nanoTime;
  private final Map<Rejection, Integer> untold = new LinkedHashMap<>();
  private byte[] lastBytes = new byte[0];
  private int lastLength;
  private long toldAt;
  private boolean toldBefore;

  RejectionReport(DeviceLog log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  void add(Instant ts, Rejection reason, byte[] beginning, int length) throws InterruptedException {
    untold.merge(reason, 1, Integer::sum);
    lastBytes = Arrays.copyOf(beginning, Math.min(beginning.length, FrameSink.KEPT));
    lastLength = length;
    tellWhenDue(ts);
  }

  void tellWhenDue(Instant ts) throws InterruptedException {
    boolean due = !toldBefore || nanoTime.getAsLong() - toldAt >= APART.toNanos();
    if (due) {
      tell(ts);
    }
  }

  /** Tells what there is to tell, now. */
  void tell(Instant ts) throws InterruptedException {
    if (untold.isEmpty()) {
      return;
    }
    int count = untold.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("count", count);
    untold.forEach((reason, times) -> meta.put(reason.label(), times));
    meta.put("last_length", lastLength);
    meta.put("last_hex", HexFormat.of().formatHex(lastBytes));
    String reasons = String.join(", ", untold.keySet().stream().map(Rejection::label).toList());
    log.event(
        ts,
        Level.WARNING,
        "frame_rejected",
        "%s: %d %s not taken (%s)"
            .formatted(log.device(), count, count == 1 ? "frame" : "frames", reasons),
        meta);
    untold.clear();
    toldBefore = true;
    toldAt = nanoTime.getAsLong();
  }
}
