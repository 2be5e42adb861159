package io.tocsin.agent.source.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryReaderTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @ParameterizedTest
  @CsvSource({
    "_SYSTEMD_UNIT=api.service UNIT=celsius, api",
    "_SYSTEMD_UNIT=init.scope UNIT=api.service SYSLOG_IDENTIFIER=systemd, api",
    "_SYSTEMD_UNIT=user@1000.service _SYSTEMD_USER_UNIT=player.service, player",
    "_SYSTEMD_UNIT=session-3.scope SYSLOG_IDENTIFIER=sudo, session-3.scope",
    "SYSLOG_IDENTIFIER=kernel _COMM=x, kernel",
    "_COMM=cron, cron",
    "N=1, journal",
  })
  void theServiceIsTheUnitOrWhoSaysIt(String fields, String service) {
    // Given
    Map<String, Object> entry = new LinkedHashMap<>();
    for (String field : fields.split(" ")) {
      entry.put(field.split("=")[0], field.split("=")[1]);
    }

    // Then
    assertThat(reader("{}").event(entry, NOW).service()).isEqualTo(service);
    assertThat(reader("service: own").event(entry, NOW).service()).isEqualTo("own");
  }

  @ParameterizedTest
  @CsvSource({
    "0, CRITICAL",
    "2, CRITICAL",
    "3, ERROR",
    "4, WARNING",
    "5, INFO",
    "6, INFO",
    "7, DEBUG",
    "loud, INFO"
  })
  void thePriorityIsTheLevel(String priority, Level level) {
    assertThat(reader("{}").event(entry("PRIORITY", priority), NOW).level()).isEqualTo(level);
  }

  @Test
  void aTimeThatIsNoneIsTheTimeOfReading() {
    // Given
    Map<String, Object> entry = entry("_SOURCE_REALTIME_TIMESTAMP", "yesterday");

    // Then
    assertThat(reader("{}").event(entry, NOW).ts()).isEqualTo(NOW);
    entry.put("__REALTIME_TIMESTAMP", "1795285609396583");
    assertThat(reader("{}").event(entry, NOW).ts())
        .isEqualTo(Instant.parse("2026-11-21T18:26:49.396583Z"));
  }

  @Test
  void aMessageMayStandTwiceOrNotAtAll() {
    // When
    LogEvent twice =
        reader("{}").event(entry("MESSAGE", List.of("one", List.of(116L, 119L, 111L))), NOW);
    LogEvent none = reader("{}").event(entry("MESSAGE", null), NOW);

    // Then
    assertThat(twice.message()).isEqualTo("one\ntwo");
    assertThat(none.message()).isEmpty();
  }

  @Test
  void theJournalsLevelHelpsAMessageThatSaysNone() {
    // Given
    Map<String, Object> entry = entry("MESSAGE", "{\"message\":\"hello\"}");
    entry.put("PRIORITY", "4");

    // Then
    assertThat(reader("format: json").event(entry, NOW).level()).isEqualTo(Level.WARNING);
    entry.put("MESSAGE", "{\"message\":\"hello\",\"level\":\"error\"}");
    assertThat(reader("format: json").event(entry, NOW).level()).isEqualTo(Level.ERROR);
  }

  private static Map<String, Object> entry(String name, Object value) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(name, value);
    return entry;
  }

  private static EntryReader reader(String yaml) {
    return new EntryReader(ConfigReader.read("test.yaml", yaml, JournalConfig.class), () -> {});
  }
}
