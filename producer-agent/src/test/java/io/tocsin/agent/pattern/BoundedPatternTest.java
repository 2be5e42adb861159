package io.tocsin.agent.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tocsin.agent.parse.FieldNames;
import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.parse.LineSettings;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that would take longer than the universe has been there. */
class BoundedPatternTest {

  private static final String EVIL = "a".repeat(2_000) + "!";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a|aa)+b",
        "(a|a)*b",
        "(a*)*b",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*)*(.*)*(.*)*=(.*)",
        "(?:a?){200}a{2000}b",
        "(x|y|a|[ab])*c"
      })
  void aPatternThatNeverEndsIsGivenUp(String regex) {
    BoundedPattern pattern = new BoundedPattern(Pattern.compile(regex));
    long since = System.nanoTime();

    // When, Then
    assertThatThrownBy(() -> pattern.fit(EVIL)).isInstanceOf(GaveUpException.class);
    assertThatThrownBy(() -> pattern.isIn(EVIL)).isInstanceOf(GaveUpException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aUsualPatternIsNotGivenUpOnAMegabyte() throws Exception {
    // Given
    BoundedPattern pattern =
        new BoundedPattern(
            Pattern.compile("(?<level>[A-Z]+) \\[(?<thread>[^]]*)] .*?(?<n>\\d+) (?<rest>.*)"));
    String text = "ERROR [main] took 12 " + "and more ".repeat(120_000);

    // When
    var fit = pattern.fit(text);

    // Then
    assertThat(fit.orElseThrow().group("n")).isEqualTo("12");
    assertThat(pattern.fit("nothing of it")).isEmpty();
    assertThat(pattern.isIn("before " + text)).isTrue();
  }

  @Test
  void aLineOnWhichItWasGivenUpIsKeptMarkedAndCounted() {
    // Given
    Metrics metrics = new Metrics();
    LineParser parser =
        new LineParser(
            new LineSettings(
                "api",
                LineSettings.Format.REGEX,
                Pattern.compile("(?<message>(a|aa)+)b"),
                FieldNames.USUAL,
                ZoneOffset.UTC,
                StandardCharsets.UTF_8),
            new GiveUps(metrics, "api")::add);
    byte[] evil = EVIL.getBytes(UTF_8);

    // When
    LogEvent kept = parser.parse(evil, 0, evil.length, 0, Instant.EPOCH);
    LogEvent next = parser.parse("aab".getBytes(UTF_8), 0, 3, 0, Instant.EPOCH);

    // Then
    assertThat(kept.event()).isEqualTo("unparsed_line");
    assertThat(kept.message()).isEqualTo(EVIL);
    assertThat(kept.meta())
        .containsExactly(entry("parse_error", "the pattern takes too long on this text"));
    assertThat(next.message()).isEqualTo("aa");
    assertThat(new String(metrics.text(), UTF_8))
        .contains("tocsin_agent_patterns_given_up_total{source=\"api\"} 1.0");
  }
}
