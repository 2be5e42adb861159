package io.tocsin.event.silence;

import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All silences there are. Immutable, thread-safe. */
public final class Silences {

  /** None. */
  public static final Silences NONE = new Silences(List.of());

  private final List<Silence> all;

  /** Of these, each id once. */
  public Silences(Collection<Silence> all) {
    this.all = List.copyOf(all);
  }

  /** One that holds this alert back at this moment, the longest lasting; empty when none does. */
  public Optional<Silence> silencing(Alert alert, Instant at) {
    Silence longest = null;
    Instant end = at;
    for (Silence silence : all) {
      Span span = silence.nextEndingAfter(at).orElse(null);
      if (span != null
          && span.contains(at)
          && span.end().isAfter(end)
          && silence.match().matches(alert)) {
        longest = silence;
        end = span.end();
      }
    }
    return Optional.ofNullable(longest);
  }

  /** Whether this alert was held back without a gap, from the one moment to the other. */
  public boolean cover(Alert alert, Instant from, Instant to) {
    Instant at = from;
    while (!at.isAfter(to)) {
      Optional<Silence> silence = silencing(alert, at);
      if (silence.isEmpty()) {
        return false;
      }
      at = silence.get().nextEndingAfter(at).orElseThrow().end();
    }
    return true;
  }
}
