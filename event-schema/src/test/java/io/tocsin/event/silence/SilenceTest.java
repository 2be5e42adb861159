package io.tocsin.event.silence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTest {

  private static final Instant NOON = Instant.parse("2025-12-10T12:00:00Z");

  @Test
  void aSilenceReadsAndWritesTheGoldenBytes() throws Exception {
    // Given
    byte[] golden = golden("silence.json");
    // When
    Silence silence = SilenceCodec.decode(golden);
    // Then
    assertThat(new String(SilenceCodec.encode(silence), UTF_8))
        .isEqualTo(new String(golden, UTF_8));
    assertThat(silence.match()).hasToString("service=api,service=worker-*,severity=medium");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                         | a silence lacks id
          []                                         | no JSON object
          {"id":"a"}                                 | a silence lacks match
          {"id":"a","match":{}}                      | at least one name=value
          {"id":"a","match":{"rule":["r"]}}          | a silence lacks startsAt
          """)
  void whatIsNoSilenceIsRefusedWithItsReason(String json, String problem) {
    assertThatThrownBy(() -> SilenceCodec.decode(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "rule=*, true",
    "rule=api-*, true",
    "rule=*burst, true",
    "rule=api, false",
    "'severity=high', true",
    "'severity=low,severity=high', true",
    "'severity=high,service=worker', false",
    "'service=api,team=ops', true",
    "team=dev, false",
    "host=*, false",
    "episode=*-*, true",
  })
  void allNamesMustHaveOneOfTheirValues(String match, boolean matches) throws Exception {
    Alert alert = EventCodec.decodeAlert(golden("alert.json"));
    assertThat(alert.rule()).isEqualTo("api-error-burst");
    assertThat(AlertMatch.parse(List.of(match)).matches(alert)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api               | match 'api' must be name=value
          =api              | needs a name
          service=          | match service: a value must not be empty
          severity=critical | 'critical' must be high, medium or low
          service=api,      | match '' must be name=value
          """)
  void aBadMatchIsToldInWords(String match, String problem) {
    assertThatThrownBy(() -> AlertMatch.parse(List.of(match))).hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b"})
  void anIdMustBeFitForAKeyAndACommandLine(String id) {
    assertThatThrownBy(() -> silence(id, NOON, NOON.plusSeconds(1), null))
        .hasMessageContaining("letters, digits");
  }

  @Test
  void itMustEndAfterItBegins() {
    assertThatThrownBy(() -> silence("a", NOON, NOON, null)).hasMessageContaining("end after");
    assertThatThrownBy(() -> silence("a", NOON, null, null)).hasMessageContaining("or a schedule");
  }

  @Test
  void aScheduleHoldsOnlyBetweenItsStartAndItsEnd() {
    // Given: the second of three Sundays, cut short
    Silence silence =
        silence(
            "a",
            Instant.parse("2025-12-08T00:00:00Z"),
            Instant.parse("2025-12-14T03:00:00Z"),
            "every sunday 02:00-04:00 UTC");
    // Then
    assertThat(silence.isActive(Instant.parse("2025-12-07T03:00:00Z"))).isFalse();
    assertThat(silence.state(NOON)).isEqualTo(Silence.State.WAITING);
    assertThat(silence.state(Instant.parse("2025-12-14T02:00:00Z")))
        .isEqualTo(Silence.State.ACTIVE);
    assertThat(silence.state(Instant.parse("2025-12-14T03:00:00Z")))
        .isEqualTo(Silence.State.EXPIRED);
    assertThat(silence.nextEndingAfter(NOON))
        .contains(
            new Span(Instant.parse("2025-12-14T02:00:00Z"), Instant.parse("2025-12-14T03:00:00Z")));
  }

  @Test
  void silencesThatFollowEachOtherCoverWithoutAGap() throws Exception {
    // Given
    Alert alert = EventCodec.decodeAlert(golden("alert.json"));
    Silences touching =
        new Silences(
            List.of(
                silence("a", NOON, NOON.plusSeconds(10), null),
                silence("b", NOON.plusSeconds(10), NOON.plusSeconds(20), null)));
    Silences apart =
        new Silences(
            List.of(
                silence("a", NOON, NOON.plusSeconds(9), null),
                silence("b", NOON.plusSeconds(10), NOON.plusSeconds(20), null)));
    // Then
    assertThat(touching.cover(alert, NOON, NOON.plusSeconds(19))).isTrue();
    assertThat(touching.cover(alert, NOON, NOON.plusSeconds(20))).isFalse();
    assertThat(touching.cover(alert, NOON.minusSeconds(1), NOON.plusSeconds(5))).isFalse();
    assertThat(apart.cover(alert, NOON, NOON.plusSeconds(19))).isFalse();
    assertThat(Silences.NONE.cover(alert, NOON, NOON)).isFalse();
  }

  private static Silence silence(
      String id, Instant from, @Nullable Instant until, @Nullable String schedule) {
    return new Silence(
        id,
        AlertMatch.parse(List.of("rule=*")),
        from,
        until,
        schedule == null ? null : Schedule.parse(schedule),
        "ayse",
        "because",
        NOON);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SilenceTest.class.getResourceAsStream("/golden/" + name))) {
      return in.readAllBytes();
    }
  }
}
