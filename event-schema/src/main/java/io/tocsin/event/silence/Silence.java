package io.tocsin.event.silence;

import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is told of these alerts at these times; a record of {@code tocsin.silences}.
 *
 * @param id the record's key: 1 to 64 of letters, digits, {@code -} and {@code _}
 * @param match which alerts
 * @param startsAt from this moment on
 * @param expiresAt until before this moment; null only for a schedule that goes on
 * @param schedule within these two, only at these hours; null for all the time
 * @param author who asked for it
 * @param reason why, for those who look later
 * @param createdAt when it was asked for
 */
public record Silence(
    String id,
    AlertMatch match,
    Instant startsAt,
    @Nullable Instant expiresAt,
    @Nullable Schedule schedule,
    String author,
    String reason,
    Instant createdAt) {

  public Silence {
    require(id.matches("[A-Za-z0-9_-]{1,64}"), "id '" + id + "' must be letters, digits, - and _");
    require(!author.isBlank(), "a silence needs an author");
    require(!reason.isBlank(), "a silence needs a reason");
    require(expiresAt != null || schedule != null, "a silence needs an end or a schedule");
    require(expiresAt == null || expiresAt.isAfter(startsAt), "a silence must end after it begins");
  }

  /** Where it stands. */
  public enum State {
    /** It holds back notifications now. */
    ACTIVE,
    /** It will. */
    WAITING,
    /** It never will again. */
    EXPIRED
  }

  /** Whether it holds back this alert at this moment. */
  public boolean silences(Alert alert, Instant at) {
    return isActive(at) && match.matches(alert);
  }

  /** Whether it holds back anything at this moment. */
  public boolean isActive(Instant at) {
    return nextEndingAfter(at).filter(span -> span.contains(at)).isPresent();
  }

  public State state(Instant at) {
    return nextEndingAfter(at)
        .map(span -> span.contains(at) ? State.ACTIVE : State.WAITING)
        .orElse(State.EXPIRED);
  }

  /** The first stretch that ends after this moment; empty when it is over for good. */
  public Optional<Span> nextEndingAfter(Instant at) {
    Span whole = new Span(startsAt, expiresAt == null ? Instant.MAX : expiresAt);
    if (!whole.end().isAfter(at)) {
      return Optional.empty();
    }
    if (schedule == null) {
      return Optional.of(whole);
    }
    Instant from = at.isAfter(startsAt) ? at : startsAt;
    return schedule
        .nextEndingAfter(from)
        .map(span -> span.within(whole))
        .filter(span -> !span.isEmpty());
  }

  /** The same, ended at this moment, which lies after its start and before its end. */
  public Silence endedAt(Instant at) {
    return new Silence(id, match, startsAt, at, schedule, author, reason, createdAt);
  }

  private static void require(boolean ok, String problem) {
    if (!ok) {
      throw new IllegalArgumentException(problem);
    }
  }
}
