package io.tocsin.console.web;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.change.ChangeDesk;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Schedule;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Silences: which there are, a new one, the end of one. */
final class SilenceEndpoints {

  private static final Comparator<Silence> NEWEST_FIRST =
      Comparator.comparing(Silence::createdAt).reversed().thenComparing(Silence::id);

  private final LiveFeed feed;
  private final ChangeDesk desk;
  private final InstantSource clock;

  SilenceEndpoints(LiveFeed feed, ChangeDesk desk, InstantSource clock) {
    this.feed = feed;
    this.desk = desk;
    this.clock = clock;
  }

  /** Those in force or to come; all of the last weeks when asked for by state. */
  Response list(Request request) {
    Instant now = clock.instant();
    Optional<Silence.State> state =
        Parameters.of(request, now, "state").choice("state", Silence.State.class);
    LiveEndpoints.requireComplete(feed);
    List<Map<String, @Nullable Object>> silences =
        feed.silences().stream()
            .filter(
                silence ->
                    state
                        .map(wanted -> silence.state(now) == wanted)
                        .orElse(silence.state(now) != Silence.State.EXPIRED))
            .sorted(NEWEST_FIRST)
            .map(silence -> json(silence, now))
            .toList();
    return Answers.json(Map.of("silences", silences));
  }

  Response create(Request request) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Silence silence = silence(request, now);
    try {
      desk.silence(silence, now);
    } catch (UserError e) {
      throw new HttpProblem(503, e.getMessage() + "; " + e.remedy());
    }
    return Answers.created(json(silence, now));
  }

  private static Silence silence(Request request, Instant now) throws IOException {
    Body body =
        Body.of(
            request, "match", "duration", "startsAt", "expiresAt", "schedule", "author", "reason");
    Instant start = body.time("startsAt").orElse(now);
    Optional<Duration> duration = body.duration("duration");
    Optional<Instant> end = body.time("expiresAt");
    if (duration.isPresent() && end.isPresent()) {
      throw new HttpProblem(400, "duration and expiresAt do not go together: give one of them");
    }
    Optional<String> schedule = body.text("schedule");
    if (duration.isEmpty() && end.isEmpty() && schedule.isEmpty()) {
      throw new HttpProblem(
          400, "duration: is missing; give a duration such as 2h, or expiresAt, or a schedule");
    }
    end.filter(time -> !time.isAfter(now))
        .ifPresent(
            time -> {
              throw Parameters.refusal(
                  "expiresAt", Timestamps.format(time), "must be later than now");
            });
    try {
      return new Silence(
          UUID.randomUUID().toString().substring(0, 8),
          new AlertMatch(body.names("match")),
          start,
          duration.map(start::plus).or(() -> end).orElse(null),
          schedule.map(Schedule::parse).orElse(null),
          body.required("author", "say who asks for it"),
          body.required("reason", "say why, for those who look later"),
          now);
    } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
      throw new HttpProblem(400, String.valueOf(e.getMessage()));
    }
  }

  Response end(Request request) {
    Parameters.of(request, clock.instant());
    String id = request.parts().getOrDefault("id", "");
    try {
      if (!desk.unsilence(id, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
        throw new HttpProblem(
            404, "there is no silence '" + id + "' that is still in force; see GET /silences");
      }
    } catch (UserError e) {
      throw new HttpProblem(503, e.getMessage() + "; " + e.remedy());
    }
    return Answers.nothing();
  }

  private static Map<String, @Nullable Object> json(Silence silence, Instant now) {
    try {
      Map<String, @Nullable Object> json = EventCodec.decodeObject(SilenceCodec.encode(silence));
      json.put("state", silence.state(now).name().toLowerCase(Locale.ROOT));
      return json;
    } catch (MalformedEventException e) {
      throw new IllegalStateException("what was written can be read", e);
    }
  }
}
