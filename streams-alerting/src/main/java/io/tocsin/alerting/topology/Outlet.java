package io.tocsin.alerting.topology;

import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.ServiceHealth;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What a shard sends, each to its topic. */
final class Outlet {

  static final String ALERTS = "to-alerts";
  static final String ALERT_STATE = "to-alert-state";
  static final String HEALTH = "to-health";
  static final String REKEYED = "to-rekeyed";
  static final String DEAD_LETTERS = "to-dead-letters";

  private final ProcessorContext<byte[], byte[]> context;
  private final Clock clock;

  Outlet(ProcessorContext<byte[], byte[]> context, Clock clock) {
    this.context = context;
    this.clock = clock;
  }

  void alert(Alert alert) {
    byte[] key = bytes(alert.fingerprint());
    byte[] json = EventCodec.encode(alert);
    send(ALERTS, key, json, new RecordHeaders());
    send(ALERT_STATE, key, json, new RecordHeaders());
  }

  void health(ServiceHealth health) {
    send(HEALTH, bytes(health.service()), EventCodec.encode(health), new RecordHeaders());
  }

  void travel(String shardKey, byte[] value, Travel travel) {
    send(REKEYED, bytes(shardKey), value, travel.headers());
  }

  /** A record that is given up, whole. */
  void deadLetter(
      Record<byte[], byte[]> record, RecordMetadata from, String reason, String detail) {
    DeadLetter letter =
        new DeadLetter(
            clock.instant(),
            from.topic(),
            from.partition(),
            from.offset(),
            "alerting",
            reason,
            detail,
            record.key(),
            record.value(),
            asText(record.headers()),
            null);
    send(DEAD_LETTERS, record.key(), EventCodec.encode(letter), new RecordHeaders());
  }

  private void send(String sink, byte[] key, byte[] value, Headers headers) {
    context.forward(new Record<>(key, value, clock.millis(), headers), sink);
  }

  private static Map<String, String> asText(Headers headers) {
    Map<String, String> text = new LinkedHashMap<>();
    for (Header header : headers) {
      byte[] value = header.value();
      text.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
