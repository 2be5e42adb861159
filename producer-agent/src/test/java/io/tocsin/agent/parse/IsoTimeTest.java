package io.tocsin.agent.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

  private final IsoTime times = new IsoTime(new LocalTimes(ZoneOffset.UTC));

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00", "1970-01-01 00:00:00Z", "1970/01/01T00:00:00.000"})
  void theFirstMinuteIsReadLikeAnyOther(String text) {
    assertThat(read(text)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void bytesOfNothingAreNoTimeBeforeOneWasRead() {
    assertThat(read("\0".repeat(16))).isNull();
  }

  @Test
  void whatFollowsTheSameMinuteIsLookedAt() {
    // Given
    assertThat(read("2025-12-10T12:46:41Z")).isEqualTo("2025-12-10T12:46:41Z");

    // When, then
    assertThat(read("2025-12-10T12:46:42.5+03:00")).isEqualTo("2025-12-10T09:46:42.5Z");
    assertThat(read("2025-12-10T12:46:61Z")).isNull();
    assertThat(read("2025-12-10T12:46x")).isNull();
    assertThat(read("2025-12-10T12:47")).isEqualTo("2025-12-10T12:47:00Z");
  }

  private Instant read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return times.read(bytes, 0, bytes.length);
  }
}
