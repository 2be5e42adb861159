package io.tocsin.agent.source.serial;

import io.tocsin.event.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells when a measured state changes. The first value is no change: nobody knows from what. */
final class StateWatch {

  private final StateSettings settings;
  private final DeviceLog log;
  private @Nullable Object state;

  StateWatch(StateSettings settings, DeviceLog log) {
    this.settings = settings;
    this.log = log;
  }

  void see(Instant ts, Map<String, @Nullable Object> values) throws InterruptedException {
    Object now = values.get(settings.field());
    if (now == null) {
      return;
    }
    Object before = state;
    state = now;
    if (before != null && !before.equals(now)) {
      changed(ts, before, now);
    }
  }

  private void changed(Instant ts, Object before, Object now) throws InterruptedException {
    String from = settings.nameOf(before);
    String to = settings.nameOf(now);
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("field", settings.field());
    meta.put("from", before);
    meta.put("to", now);
    meta.put("from_name", from);
    meta.put("to_name", to);
    boolean fault = to.toUpperCase(Locale.ROOT).contains("FAULT");
    log.event(
        ts,
        fault ? Level.ERROR : Level.INFO,
        "state_changed",
        log.device() + " " + settings.field() + " " + from + " → " + to,
        meta);
  }
}
