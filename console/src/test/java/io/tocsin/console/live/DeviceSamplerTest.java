package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceSamplerTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private final DeviceSampler sampler = new DeviceSampler();

  @Test
  void aDeviceIsShownTwiceASecondAtMost() {
    assertThat(sampler.shows("a", T)).isTrue();
    assertThat(sampler.shows("a", T.plusMillis(499))).isFalse();
    assertThat(sampler.shows("b", T.plusMillis(499))).isTrue();
    assertThat(sampler.shows("a", T.plusMillis(500))).isTrue();
  }

  @Test
  void allDevicesTogetherAreShownFiftyTimesASecondAtMost() {
    // When
    long shown = IntStream.range(0, 200).filter(i -> sampler.shows("d" + i, T)).count();

    // Then
    assertThat(shown).isEqualTo(50);
    assertThat(sampler.shows("d199", T.plusSeconds(1))).isTrue();
  }
}
