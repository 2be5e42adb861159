package io.tocsin.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

  /** 1800 to 2200. */
  @Property
  void readsWhatTheJdkReads(
      @ForAll @LongRange(min = -5364662400000L, max = 7258118400000L) long millis,
      @ForAll @IntRange(max = 999_999) int nanos,
      @ForAll @IntRange(min = -14, max = 14) int offset)
      throws UnusableException {
    Instant instant = Instant.ofEpochMilli(millis).plusNanos(nanos);
    assertThat(EventTime.parse(instant.toString())).isEqualTo(millis);
    String elsewhere = instant.atOffset(ZoneOffset.ofHours(offset)).toString();
    assertThat(EventTime.parse(elsewhere)).isEqualTo(millis);
  }

  /** Text that is nearly a time: the quick way must not be more lenient than the JDK. */
  @Property(tries = 2000)
  void refusesWhatTheJdkRefuses(
      @ForAll @IntRange(max = 23) int at,
      @ForAll @StringLength(min = 1, max = 2) @CharRange(from = '!', to = 'z') String noise) {
    StringBuilder text = new StringBuilder("2026-11-21T10:15:30.123Z");
    text.replace(at, Math.min(text.length(), at + 1), noise);
    assertThat(ours(text.toString())).isEqualTo(jdk(text.toString()));
  }

  private static Long ours(String text) {
    try {
      return EventTime.parse(text);
    } catch (UnusableException e) {
      return null;
    }
  }

  private static Long jdk(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-21",
        "2026-11-21T10:15:30",
        "2026-02-30T10:15:30Z",
        "2026-11-21T24:00:01Z",
        "2026-11-21T10:15:60Z",
        "2026-11-21T10:15:30.1234567890Z",
        "1763720130",
        "+999999999-01-01T00:00:00Z"
      })
  void isNotMadeUp(String text) {
    assertThatThrownBy(() -> EventTime.parse(text))
        .isInstanceOfSatisfying(
            UnusableException.class, e -> assertThat(e.flaw()).isEqualTo(Flaw.BAD_TS));
  }
}
