package io.tocsin.agent.source;

import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a source hands in. */
public final class RecordedDrafts implements EventSink {

  public final List<LogEvent> logs = new CopyOnWriteArrayList<>();
  public final List<Telemetry> telemetry = new CopyOnWriteArrayList<>();

  @Override
  public void accept(LogEvent draft) {
    logs.add(draft);
  }

  @Override
  public void accept(Telemetry draft) {
    telemetry.add(draft);
  }
}
