package io.tocsin.faults.indexer;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.indexer.Freight.Kind;
import io.tocsin.faults.stage.Stored;
import io.tocsin.faults.stage.TopicReader;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topic says must be found, compared with what is found.
 *
 * @param records on the topic
 * @param documents that must be in the index, and nothing else
 * @param bad origins of the records that must be dead letters, and nothing else
 */
record FreightTruth(long records, DocumentIds documents, Map<String, Bad> bad) {

  /** A record that cannot be indexed. */
  record Bad(String reason, int bytesHash) {}

  /** What is wrong, and how much there is. */
  record Finding(long documents, int deadLetters, int lettersTwice, List<String> problems) {}

  static FreightTruth of(KafkaSettings kafka) {
    DocumentIds documents = new DocumentIds();
    Map<String, Bad> bad = new HashMap<>();
    long[] records = {0};
    TopicReader.read(
        kafka,
        Topics.LOGS,
        record -> {
          records[0]++;
          Kind kind = kind(record);
          String origin = record.topic() + '-' + record.partition() + '-' + record.offset();
          String reason = kind.reason();
          if (reason != null) {
            bad.put(origin, new Bad(reason, Arrays.hashCode(record.value())));
          } else if (kind == Kind.EVENT) {
            documents.add(id(record));
          } else {
            documents.add(origin);
          }
        });
    return new FreightTruth(records[0], documents, bad);
  }

  private static Kind kind(ConsumerRecord<byte[], byte[]> record) {
    byte[] header = record.headers().lastHeader(FreightSender.KIND_HEADER).value();
    return Kind.valueOf(new String(header, StandardCharsets.UTF_8));
  }

  private static String id(ConsumerRecord<byte[], byte[]> record) {
    try {
      return String.valueOf(EventCodec.decodeObject(record.value()).get("id"));
    } catch (MalformedEventException e) {
      throw new IllegalStateException("an event of the campaign's own", e);
    }
  }

  Finding compare(KafkaSettings kafka, URI search) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    long found = compareDocuments(search, problems);
    Set<String> seen = new HashSet<>();
    int[] twice = {0};
    TopicReader.read(
        kafka,
        Topics.DEAD_LETTERS,
        record -> {
          DeadLetter letter = letter(record);
          String origin = letter.topic() + '-' + letter.partition() + '-' + letter.offset();
          if (!seen.add(origin)) {
            twice[0]++;
          }
          Bad expected = bad.get(origin);
          if (expected == null) {
            problems.add("should be no dead letter: " + origin + " " + letter.reason());
          } else if (!expected.equals(new Bad(letter.reason(), Arrays.hashCode(letter.bytes())))) {
            problems.add(origin + " is " + letter.reason() + " instead of " + expected.reason());
          }
        });
    if (seen.size() != bad.size()) {
      problems.add(bad.size() + " records are bad and " + seen.size() + " are dead letters");
    }
    return new Finding(found, seen.size(), twice[0], problems);
  }

  private long compareDocuments(URI search, List<String> problems) throws InterruptedException {
    try {
      DocumentIds there = new DocumentIds();
      long[] alien = {0};
      long found =
          Stored.ids(
              search,
              "tocsin-logs-*",
              id -> {
                there.add(id);
                if (!documents.contains(id)) {
                  alien[0]++;
                }
              });
      if (alien[0] > 0) {
        problems.add(alien[0] + " documents that nobody sent");
      }
      if (found != there.size()) {
        problems.add((found - there.size()) + " documents twice");
      }
      if (there.size() != documents.size()) {
        problems.add((documents.size() - there.size()) + " documents are missing");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventCodec.decodeDeadLetter(record.value());
    } catch (MalformedEventException e) {
      throw new IllegalStateException("a dead letter that cannot be read", e);
    }
  }
}
