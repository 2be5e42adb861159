package io.tocsin.agent.source.serial;

import io.tocsin.agent.source.EventSink;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Drafts in the device's name. */
final class DeviceLog {

  private final String device;
  private final String service;
  private final String port;
  private final EventSink sink;
  private final LongAdder records = new LongAdder();

  DeviceLog(SerialConfig config, EventSink sink) {
    this.device = config.device();
    this.service = config.service();
    this.port = config.portName();
    this.sink = sink;
  }

  String device() {
    return device;
  }

  String port() {
    return port;
  }

  /** How many drafts the sink took since the agent's start. From any thread. */
  long records() {
    return records.sum();
  }

  /** Something about the port, for people and rules. */
  void event(Instant ts, Level level, String event, String message, Map<String, ?> details)
      throws InterruptedException {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("device", device);
    meta.put("port", port);
    meta.putAll(details);
    handOn(LogEvent.of(ts, service, level, event, message, meta));
  }

  /** Something the device said. */
  void said(
      Instant ts, Level level, String event, String message, Map<String, @Nullable Object> meta)
      throws InterruptedException {
    meta.putIfAbsent("device", device);
    handOn(LogEvent.of(ts, service, level, event, message, meta));
  }

  /** Something the device measured. */
  void measured(
      Instant ts,
      String kind,
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> meta)
      throws InterruptedException {
    sink.accept(new Telemetry(ts, service, device, kind, values, meta, null, null));
    records.increment();
  }

  private void handOn(LogEvent draft) throws InterruptedException {
    sink.accept(draft);
    records.increment();
  }
}
