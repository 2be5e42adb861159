package io.tocsin.indexer;

import io.tocsin.event.DeadLetter;
import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.Prepared;
import io.tocsin.indexer.document.Prepared.Document;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The records of one flight that cannot be indexed. Their dead letters are written while the
 * flight's next request is under way; a record is settled when its letter is acknowledged. Not
 * thread-safe.
 */
final class GivenUp {

  private final DeadLetters deadLetters;
  private final IndexerMetrics metrics;
  private final InstantSource clock;
  private Map<Entry, Outcome.Rejected> leaving = Map.of();
  private DeadLetters.@Nullable Delivery delivery;

  GivenUp(DeadLetters deadLetters, IndexerMetrics metrics, InstantSource clock) {
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins to write their letters, after those before them are written. */
  void add(Map<Entry, Outcome.Rejected> rejected) throws InterruptedException {
    if (rejected.isEmpty()) {
      return;
    }
    await();
    List<DeadLetter> letters = new ArrayList<>(rejected.size());
    rejected.forEach((entry, why) -> letters.add(letter(entry.prepared(), why)));
    leaving = rejected;
    delivery = deadLetters.begin(letters);
  }

  /** Returns when all letters are written and their records settled. */
  void await() throws InterruptedException {
    if (delivery == null) {
      return;
    }
    delivery.await();
    delivery = null;
    leaving.forEach(
        (entry, why) -> {
          entry.ticket().settle();
          metrics.deadLetter(entry.prepared().record().topic(), why.reason());
        });
    leaving = Map.of();
  }

  private DeadLetter letter(Prepared prepared, Outcome.Rejected why) {
    ConsumerRecord<byte[], byte[]> record = prepared.record();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    @Nullable String id = prepared instanceof Document document ? document.id() : null;
    String detail =
        prepared instanceof Document document
            ? document.index() + ": " + why.detail()
            : why.detail();
    return new DeadLetter(
        clock.instant(),
        record.topic(),
        record.partition(),
        record.offset(),
        "indexer",
        why.reason(),
        detail,
        record.key(),
        record.value(),
        headers,
        id);
  }
}
