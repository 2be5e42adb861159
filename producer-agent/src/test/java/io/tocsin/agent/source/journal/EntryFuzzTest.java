package io.tocsin.agent.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.fuzz.Fuzz;
import io.tocsin.agent.fuzz.Mutations;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Mutated entries of a real journal: an event that can be sent, or no entry at all. */
class EntryFuzzTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Property(tries = 2, seed = "20251210", shrinking = ShrinkingMode.OFF)
  void everyEntryBecomesAnEvent(@ForAll long seed) throws Exception {
    // Given
    List<String> entries;
    try (var in = getClass().getResourceAsStream("/journal/entries.json")) {
      entries = new String(in.readAllBytes(), UTF_8).lines().toList();
    }
    for (String yaml : List.of("{}", "format: json")) {
      feed(yaml, entries, seed);
    }
  }

  private static void feed(String yaml, List<String> entries, long seed) throws Exception {
    EntryReader reader =
        new EntryReader(ConfigReader.read("t.yaml", yaml, JournalConfig.class), () -> {});

    Fuzz.feed(
        "journal " + yaml,
        new Mutations(entries, seed),
        bytes -> {
          // When
          Map<String, Object> entry = EntryWriter.entry(bytes, bytes.length);

          // Then
          if (entry.get("__CURSOR") instanceof String cursor) {
            LogEvent event = reader.event(entry, NOW);
            assertThat(EventCodec.decodeLog(EventCodec.encode(event)).service())
                .as("seed %d", seed)
                .isNotBlank();
            assertThat(Position.of(cursor)).isNotNull();
          }
        });
  }
}
