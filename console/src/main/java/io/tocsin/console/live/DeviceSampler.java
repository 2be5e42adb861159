package io.tocsin.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which measurements are shown: two a second of each device at most, and fifty in all. For one
 * thread.
 */
final class DeviceSampler {

  private static final Duration PER_DEVICE = Duration.ofMillis(500);
  private static final int PER_SECOND = 50;
  private static final int REMEMBERED = 1_000;

  private final Map<String, Instant> lastShown = new LinkedHashMap<>();
  private Instant second = Instant.EPOCH;
  private int shown;

  boolean shows(String device, Instant now) {
    Instant last = lastShown.get(device);
    if (last != null && now.isBefore(last.plus(PER_DEVICE))) {
      return false;
    }
    if (!now.isBefore(second.plusSeconds(1))) {
      second = now;
      shown = 0;
    }
    if (shown == PER_SECOND) {
      return false;
    }
    shown++;
    lastShown.remove(device);
    lastShown.put(device, now);
    if (lastShown.size() > REMEMBERED) {
      lastShown.remove(lastShown.keySet().iterator().next());
    }
    return true;
  }
}
