package io.tocsin.console.live;

import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log event as the stream shows it: without meta and with a bounded message. */
final class LogDigest {

  private static final int MAX_MESSAGE = 2_000;

  private LogDigest() {}

  static LiveEvent of(LogEvent event, String fallbackId) {
    Map<String, @Nullable Object> digest = new LinkedHashMap<>();
    digest.put("ts", Timestamps.format(event.ts()));
    digest.put("service", event.service());
    digest.put("level", event.level().name());
    digest.put("event", event.event());
    digest.put("message", clip(event.message()));
    digest.put("host", event.host());
    digest.put("source", event.source());
    digest.put("id", event.id() == null ? fallbackId : event.id());
    return new LiveEvent("log", EventCodec.encodeObject(digest));
  }

  private static String clip(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
