package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.DeadLetter;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Every tenth record is one that has stopped an indexer; the indexer is restarted in the middle.
 */
class IndexerPoisonTest {

  private static final int RECORDS = 2_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final String TS = "\"ts\":\"2026-11-21T10:00:00.000Z\"";

  /** What cannot be a document, and its reason. */
  private static final Map<String, String> BAD = new LinkedHashMap<>();

  /** What is odd and has to be a document all the same. */
  private static final List<String> ODD =
      List.of(
          "{" + TS + ",\"service.name\":1,\"a..b\":2,\"service\":\"x\"}",
          "{" + TS + ",\"meta\":{\"k\":\"" + "x".repeat(40_000) + "\"}}",
          "{\r\n" + TS + ",\n\"message\":\"over lines\"}\n",
          manyFields());

  static {
    BAD.put("<3>Nov 21 charger: hello", "not_json");
    BAD.put("{" + TS + ",\"message\":\"cut o", "not_json");
    BAD.put("{" + TS + "}{" + TS + "}", "not_json");
    BAD.put("[1]", "not_object");
    BAD.put(" \n", "empty");
    BAD.put("{\"message\":\"when?\"}", "bad_ts");
    BAD.put("{\"ts\":\"1970-01-01T00:00:00Z\"}", "bad_ts");
    BAD.put("{\"ts\":\"9999-12-31T23:59:59Z\"}", "bad_ts");
    BAD.put("{" + TS + ",\"m\":" + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "}", "too_deep");
    BAD.put("{" + TS + ",\"service\":\"a\",\"service\":\"b\"}", "duplicate_key");
  }

  private final Platform platform = Platform.fresh();

  private static String manyFields() {
    StringBuilder json = new StringBuilder("{" + TS);
    for (int i = 0; i < 20_000; i++) {
      json.append(",\"field_").append(i).append("\":").append(i);
    }
    return json.append('}').toString();
  }

  private IndexerService start() {
    IndexerService indexer =
        new IndexerService(
            IndexerConfig.defaults(),
            platform.kafkaSettings(),
            platform.openSearchSettings(),
            new Metrics(),
            CLOCK);
    indexer.start();
    return indexer;
  }

  @Test
  void everyRecordIsADocumentOrADeadLetterWithItsBytesAndItsReason() {
    // Given
    Random random = new Random(5);
    List<String> bad = List.copyOf(BAD.keySet());
    List<String> sentBad = new ArrayList<>();
    int documents = 0;
    for (int i = 0; i < RECORDS; i++) {
      String record = "{" + TS + ",\"id\":\"a/s/1/%d\",\"message\":\"m\"}".formatted(i);
      if (i % 10 == 0 && i % 100 != 0) {
        record = bad.get(random.nextInt(bad.size()));
        sentBad.add(record);
      } else {
        record = i % 100 == 0 ? ODD.get(i / 100 % ODD.size()) : record;
        documents++;
      }
      var _ = platform.produce(Topics.LOGS, "k" + i % 7, record);
    }
    platform.flush();
    // When
    IndexerService first = start();
    Awaitility.await().atMost(Platform.BOUND).until(() -> first.status().indexed() > 0);
    first.close();
    IndexerService second = start();
    // Then
    try {
      Awaitility.await()
          .atMost(Platform.BOUND)
          .until(() -> platform.committed("tocsin-indexer") == RECORDS);
    } finally {
      second.close();
    }
    assertThat(platform.count("tocsin-logs-*")).isEqualTo(documents);
    Set<String> origins = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (DeadLetter letter : platform.deadLetters()) {
      // One that was given up just before the restart may be there twice.
      if (origins.add(letter.partition() + "-" + letter.offset())) {
        String text = new String(letter.bytes(), StandardCharsets.UTF_8);
        assertThat(letter.reason()).as(text).isEqualTo(BAD.get(text));
        assertThat(letter.detail()).isNotBlank();
        found.add(text);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(sentBad);
  }
}
