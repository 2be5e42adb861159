package io.tocsin.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @Property
  void readsBackWhatItWroteFromTheYear0To9999(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis)
      throws MalformedEventException {
    // When
    String text = Timestamps.format(Instant.ofEpochMilli(millis));

    // Then
    assertThat(Timestamps.parse(text))
        .isEqualTo(Instant.ofEpochMilli(millis))
        .isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.999Z",
        "2024-02-29T23:59:59.999999Z",
        "2024-02-29T23:59:59Z",
        "2024-02-29T23:59:59.99+03:00"
      })
  void readsEveryOffsetAndFineness(String text) throws MalformedEventException {
    assertThat(Timestamps.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-02-29T12:00:04.000Z",
        "2025-13-01T12:00:04.000Z",
        "2025-00-01T12:00:04.000Z",
        "2025-01-00T12:00:04.000Z",
        "2025-01-01T24:00:04.000Z",
        "2025-01-01T12:60:04.000Z",
        "2025-01-01T12:00:60.000Z",
        "2025-01-01T12:00:04.0x0Z",
        "2025-01-01 12:00:04.000Z",
        "2025-01-01T12:00:04.000 "
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(MalformedEventException.class);
  }
}
