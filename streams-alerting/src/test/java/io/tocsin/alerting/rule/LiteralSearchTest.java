package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSearchTest {

  @Property
  void findsWhatThePatternFinds(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 3) String one,
      @ForAll @CharRange(from = 'A', to = 'C') @StringLength(min = 1, max = 3) String other,
      @ForAll @CharRange(from = 'A', to = 'D') @CharRange(from = 'a', to = 'd') String text,
      @ForAll boolean anyCase) {
    // Given
    String pattern = (anyCase ? "(?i)" : "") + one + "|" + other;

    // When, then
    assertThat(LiteralSearch.of(pattern).orElseThrow().isIn(text))
        .isEqualTo(Pattern.compile(pattern).matcher(text).find());
  }

  @Property
  void findsLongerWordsByAnyOfTheirCharacters(
      @ForAll @Chars({'e', 'z', '-', '7'}) @StringLength(min = 1, max = 4) String one,
      @ForAll @Chars({'E', 'q', '_'}) @StringLength(min = 1, max = 4) String other,
      @ForAll @Chars({'e', 'E', 'z', 'Z', 'q', 'Q', '-', '_', '7'}) @StringLength(max = 12)
          String text,
      @ForAll boolean anyCase) {
    // Given
    String pattern = (anyCase ? "(?i)" : "") + one + "|" + other;

    // When, then
    assertThat(LiteralSearch.of(pattern).orElseThrow().isIn(text))
        .isEqualTo(Pattern.compile(pattern).matcher(text).find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a|", "a.b", "a|b+", "^a", "(?i)", "(?s)a", "a\\b", "é", "a{2}", "[a]"})
  void whatIsMoreThanWordsIsLeftToThePattern(String pattern) {
    assertThat(LiteralSearch.of(pattern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u212A", "\u017F", "İ"})
  void lettersBeyondAsciiHaveOneCase(String text) {
    assertThat(LiteralSearch.of("(?i)k|s|i").orElseThrow().isIn(text))
        .isEqualTo(Pattern.compile("(?i)k|s|i").matcher(text).find());
  }
}
