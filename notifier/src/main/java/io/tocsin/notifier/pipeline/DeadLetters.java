package io.tocsin.notifier.pipeline;

import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Keeps what could not be told, whole. Thread-safe. */
final class DeadLetters {

  private static final String STAGE = "notifier";

  private final Outbox outbox;
  private final Clock clock;

  DeadLetters(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Returns when it is durable. */
  void bury(ConsumerRecord<byte[], byte[]> record, String reason, String detail)
      throws InterruptedException {
    DeadLetter letter =
        new DeadLetter(
            clock.instant(),
            record.topic(),
            record.partition(),
            record.offset(),
            STAGE,
            reason,
            detail,
            record.key(),
            record.value(),
            headers(record),
            null);
    outbox.write(Topics.DEAD_LETTERS, record.key(), EventCodec.encode(letter));
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return headers;
  }
}
