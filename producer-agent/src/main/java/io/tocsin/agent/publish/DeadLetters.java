package io.tocsin.agent.publish;

import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Puts records that the broker refuses into {@code tocsin.dead-letters}, with their bytes. A letter
 * that would itself be too large goes in pieces, each numbered in its headers.
 */
final class DeadLetters {

  /** In base64 and with its envelope a piece stays within what a request may hold. */
  private static final int LARGEST_PIECE = Connection.MAX_REQUEST_BYTES / 2;

  private static final int SMALLEST_PIECE = 4 << 10;

  private final Clock clock;
  private final PublisherLog log;

  DeadLetters(Clock clock, PublisherLog log) {
    this.clock = clock;
    this.log = log;
  }

  /** Sends the letter; the record is settled when all of it is acknowledged. */
  void send(Producer<byte[], byte[]> producer, InFlight record) {
    int size = record.pieceBytes() == 0 ? LARGEST_PIECE : record.pieceBytes();
    int pieces = Math.max(1, Math.ceilDiv(record.value().length, size));
    AtomicInteger open = new AtomicInteger(pieces);
    @Nullable String id = id(record.value());
    for (int i = 0; i < pieces; i++) {
      byte[] letter = letter(record, id, i, pieces, size);
      var _ =
          producer.send(
              new ProducerRecord<>(Topics.DEAD_LETTERS, record.key(), letter),
              (metadata, exception) -> acknowledged(record, size, open, exception));
    }
  }

  private void acknowledged(
      InFlight record, int size, AtomicInteger open, @Nullable Exception exception) {
    if (exception == null) {
      if (open.decrementAndGet() == 0) {
        log.deadLetter(record.topic(), record.reason(), record.value().length);
        record.lane().settle(record);
      }
    } else if (exception instanceof RecordTooLargeException && size > SMALLEST_PIECE) {
      if (record.shrinkPieces(size / 2)) {
        record.lane().completed(record, exception);
      }
    } else {
      record.lane().failed(exception);
    }
  }

  private byte[] letter(InFlight record, @Nullable String id, int index, int pieces, int size) {
    int from = index * size;
    byte[] bytes =
        pieces == 1
            ? record.value()
            : Arrays.copyOfRange(
                record.value(), from, Math.min(from + size, record.value().length));
    Map<String, String> headers =
        pieces == 1
            ? Map.of()
            : Map.of("piece", String.format(Locale.ROOT, "%d/%d", index + 1, pieces));
    return EventCodec.encode(
        new DeadLetter(
            clock.instant(),
            record.topic(),
            -1,
            -1,
            "agent",
            record.reason(),
            record.detail(),
            record.key(),
            bytes,
            headers,
            id));
  }

  private static @Nullable String id(byte[] value) {
    try {
      return EventCodec.decodeObject(value).get("id") instanceof String id ? id : null;
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
