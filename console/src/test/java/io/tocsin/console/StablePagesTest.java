package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page goes on where the one before ended, whatever is written meanwhile. */
@ExtendWith(Servers.Extension.class)
class StablePagesTest {

  private static final Instant NOW = Instant.parse("2026-10-05T12:00:00Z");
  private static final String INDEX = "tocsin-logs-2026.10.05";

  @Test
  void nothingIsSkippedOrShownTwiceWhileDocumentsArriveAndOldOnesAreReplayed(Servers servers) {
    // Given: many events of the same few milliseconds
    Map<String, String> first = events(0, 60);
    servers.index(INDEX, first);
    try (RunningConsole console =
        RunningConsole.on(servers, Clock.fixed(NOW, ZoneOffset.UTC), "{}")) {
      List<String> seen = new ArrayList<>();
      JsonNode page = console.json("/logs/recent?service=paged&since=1h&limit=7");
      int round = 0;
      while (true) {
        page.get("events").forEach(event -> seen.add(event.get("id").asText()));
        if (page.get("next").isNull()) {
          break;
        }
        // When: newer ones arrive, and the indexer writes the old ones anew
        servers.index(INDEX, events(1_000 + 10 * round, 10));
        servers.index(INDEX, first);
        round++;
        String next = URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8);
        page = console.json("/logs/recent?service=paged&since=1h&limit=7&after=" + next);
      }

      // Then
      assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(first.keySet());
    }
  }

  private static Map<String, String> events(int from, int count) {
    Map<String, String> events = new LinkedHashMap<>();
    for (int i = from; i < from + count; i++) {
      String id = "edge-01/paged/1/" + i;
      events.put(
          id,
          """
          {"ts":"2026-10-05T11:59:%s.00%dZ","service":"paged","level":"INFO","event":"e","message":"m","meta":{},"id":"%s"}\
          """
              .formatted(from < 1_000 ? "00" : "30", i % 3, id));
    }
    return events;
  }
}
