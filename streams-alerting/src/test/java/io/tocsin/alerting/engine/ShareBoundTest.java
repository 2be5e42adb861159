package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class ShareBoundTest {

  @Property
  void isAsExactAsDecimals(
      @ForAll @BigRange(min = "-2", max = "100") @Scale(10) BigDecimal above,
      @ForAll @LongRange(min = 0, max = 3_000_000_000L) long part,
      @ForAll @LongRange(min = 0, max = 3_000_000_000L) long whole) {
    // Given
    BigDecimal most = above.multiply(BigDecimal.valueOf(whole));

    // When
    boolean below = new ShareBound(above).isBelow(part, whole);

    // Then
    assertThat(below).isEqualTo(BigDecimal.valueOf(part).compareTo(most) > 0);
  }

  @Property
  void whatIsJustTheBoundIsNotAboveIt(
      @ForAll @LongRange(min = 1, max = 1_000_000) long hundreds,
      @ForAll @LongRange(min = 0, max = 100) long percent) {
    // Given
    ShareBound bound = new ShareBound(BigDecimal.valueOf(percent, 2));

    // When, then
    assertThat(bound.isBelow(hundreds * percent, hundreds * 100)).isFalse();
    assertThat(bound.isBelow(hundreds * percent + 1, hundreds * 100)).isTrue();
  }
}
