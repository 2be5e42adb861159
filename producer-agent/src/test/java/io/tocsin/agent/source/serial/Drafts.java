package io.tocsin.agent.source.serial;

import io.tocsin.agent.source.EventSink;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a source hands in. */
final class Drafts implements EventSink {

  final List<LogEvent> logs = new CopyOnWriteArrayList<>();
  final List<Telemetry> telemetry = new CopyOnWriteArrayList<>();

  @Override
  public void accept(LogEvent draft) {
    logs.add(draft);
  }

  @Override
  public void accept(Telemetry draft) {
    telemetry.add(draft);
  }

  List<LogEvent> of(String event) {
    return logs.stream().filter(log -> log.event().equals(event)).toList();
  }

  /** What the device said, without what the agent says of the port. */
  List<LogEvent> said() {
    return logs.stream()
        .filter(log -> log.level() != Level.DEBUG)
        .filter(log -> !log.event().startsWith("serial_"))
        .toList();
  }
}
