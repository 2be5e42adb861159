package io.tocsin.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceRangeTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 11, 4_711, 99_999, 100_000, 2_147_483_648L, 987_654_321_098L})
  void goingDownReachesEveryNumberOnceWithEquallyManyDigitsInEachRange(long sequence) {
    // When
    List<SequenceRange> ranges = SequenceRange.downFrom(sequence, 10);

    // Then
    long next = sequence - 1;
    for (SequenceRange range : ranges) {
      assertThat(range.to()).isEqualTo(next);
      assertThat(digits(range.from())).isEqualTo(digits(range.to()));
      next = range.from() - 1;
    }
    assertThat(next).isEqualTo(-1);
    assertThat(ranges).hasSizeLessThan(30);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 9, 99, 4_711, 999_999, 2_147_483_648L, 999_999_999_999_999_998L})
  void goingUpReachesEveryNumberOnceWithEquallyManyDigitsInEachRange(long sequence) {
    // When
    List<SequenceRange> ranges = SequenceRange.upFrom(sequence, 10);

    // Then
    long next = sequence + 1;
    for (SequenceRange range : ranges) {
      assertThat(range.from()).isEqualTo(next);
      assertThat(digits(range.from())).isEqualTo(digits(range.to()));
      next = range.to() + 1;
    }
    assertThat(next).isEqualTo(SequenceRange.HIGHEST + 1);
    assertThat(ranges).hasSizeLessThan(40);
  }

  @Test
  void atTheEndThereIsNothingMore() {
    assertThat(SequenceRange.upFrom(SequenceRange.HIGHEST, 10)).isEmpty();
    assertThat(SequenceRange.downFrom(0, 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "0 9 <0-9>",
        "100 999 <100-999>",
        "1000000000 1000000005 1<000000000-000000005>",
        "1999999999 2000000000 1<999999999-999999999>|2<000000000-000000000>",
        "1000000007 4000000001 1<000000007-999999999>|<2-3>[0-9]{9}|4<000000000-000000001>",
      })
  void thePatternHasNoNumberOfMoreThan31Bits(long from, long to, String pattern) {
    assertThat(new SequenceRange(from, to).pattern()).isEqualTo(pattern);
  }

  private static int digits(long number) {
    return Long.toString(number).length();
  }
}
