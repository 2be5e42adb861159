package io.tocsin.console.web;

import io.tocsin.bootstrap.config.Durations;
import java.time.Duration;
import java.util.List;

/** How wide a histogram's bars are. */
final class Steps {

  private static final int BARS = 60;
  private static final int MOST_BARS = 1_000;
  private static final Duration LEAST = Duration.ofSeconds(1);

  private static final List<Duration> ROUND =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private Steps() {}

  /** As asked for, or a round one that gives at most {@value #BARS} bars. */
  static Duration of(Parameters parameters, Duration span) {
    return parameters
        .text("interval")
        .map(text -> asked(text, span))
        .orElseGet(() -> fitting(span, BARS));
  }

  private static Duration fitting(Duration span, int bars) {
    return ROUND.stream()
        .filter(step -> span.dividedBy(step) <= bars)
        .findFirst()
        .orElse(ROUND.getLast().multipliedBy(1 + span.dividedBy(ROUND.getLast()) / bars));
  }

  private static Duration asked(String text, Duration span) {
    Duration step;
    try {
      step = Durations.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Parameters.refusal("interval", text, "must be a duration such as 30s, 5m or 1d");
    }
    if (step.compareTo(LEAST) < 0 || step.compareTo(Duration.ofDays(365)) > 0) {
      throw Parameters.refusal("interval", text, "must be between 1s and 365d");
    }
    long bars = span.dividedBy(step);
    if (bars > MOST_BARS) {
      throw Parameters.refusal(
          "interval",
          text,
          "makes "
              + bars
              + " bars of this time; at most 1000: take "
              + text(fitting(span, MOST_BARS))
              + " or a shorter time");
    }
    return step;
  }

  static String text(Duration step) {
    return Durations.format(step);
  }
}
