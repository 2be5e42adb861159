package io.tocsin.agent.spool;

import io.tocsin.agent.source.Origin;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares what the spool lost as WARNING events {@code spool_records_lost}. */
public final class LossEvents {

  private LossEvents() {}

  /** The payload of the declaration. */
  public static Spool.Encoder of(Loss loss, Origin origin, String source, InstantSource clock) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("reason", loss.reason());
    meta.put("from", loss.from());
    meta.put("to", loss.to());
    if (loss.records() >= 0) {
      meta.put("records", loss.records());
    }
    LogEvent event =
        LogEvent.of(
            clock.instant(),
            "tocsin-agent",
            Level.WARNING,
            "spool_records_lost",
            loss.detail(),
            meta);
    return SpoolSink.encoder(event, origin, source);
  }
}
