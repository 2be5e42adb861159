package io.tocsin.cli.rules;

import io.tocsin.event.Timestamps;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silence.State;
import io.tocsin.event.silence.Span;
import java.time.Instant;

/** Silences for people. */
final class SilenceText {

  private SilenceText() {}

  /** One sentence: which alerts, and when next. */
  static String describe(Silence silence, Instant now) {
    String when =
        silence
            .nextEndingAfter(now)
            .map(span -> when(silence, span, now))
            .orElse("never: it lies in the past");
    String schedule = silence.schedule() == null ? "" : " (" + silence.schedule() + ")";
    return silence.match() + " " + when + schedule + ": " + silence.reason();
  }

  private static String when(Silence silence, Span span, Instant now) {
    String end = " until " + time(span.end());
    if (silence.state(now) == State.ACTIVE) {
      return "now" + end;
    }
    return "from " + time(span.start()) + end;
  }

  static String time(Instant at) {
    return at.equals(Instant.MAX) ? "-" : Timestamps.format(at);
  }
}
