package io.tocsin.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {

  @ParameterizedTest
  @CsvSource({
    "DEBUG,DEBUG",
    "trace,DEBUG",
    "7,DEBUG",
    "Info,INFO",
    "notice,INFO",
    "6,INFO",
    "5,INFO",
    "WARN,WARNING",
    "warning,WARNING",
    "4,WARNING",
    "err,ERROR",
    "SEVERE,ERROR",
    "3,ERROR",
    "FATAL,CRITICAL",
    "' crit ',CRITICAL",
    "emerg,CRITICAL",
    "2,CRITICAL",
    "0,CRITICAL"
  })
  void aliasesAreUnderstood(String text, Level level) {
    assertThat(Level.of(text)).contains(level);
  }

  @Test
  void theRestIsUnknown() {
    assertThat(Level.of("8")).isEmpty();
    assertThat(Level.of("")).isEmpty();
    assertThat(Level.of("loud")).isEmpty();
  }

  @Test
  void levelsCompareAsAnOrder() {
    assertThat(Level.values()).isSorted();
    assertThat(Level.CRITICAL).isGreaterThan(Level.ERROR);
  }
}
