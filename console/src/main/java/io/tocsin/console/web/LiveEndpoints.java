package io.tocsin.console.web;

import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.silence.Silence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers from the views in memory: the alerts and the health of now. */
final class LiveEndpoints {

  private static final int LIMIT = 200;
  private static final int MAX_LIMIT = 1_000;

  /** From bad to good. What is not known is worse than what is known to be half well. */
  private static final List<ServiceHealth.Status> WORST_FIRST =
      List.of(
          ServiceHealth.Status.FAILED,
          ServiceHealth.Status.UNKNOWN,
          ServiceHealth.Status.DEGRADED,
          ServiceHealth.Status.OK);

  private final LiveFeed feed;
  private final Supplier<? extends Collection<? extends Service>> platform;
  private final InstantSource clock;

  LiveEndpoints(
      LiveFeed feed,
      Supplier<? extends Collection<? extends Service>> platform,
      InstantSource clock) {
    this.feed = feed;
    this.platform = platform;
    this.clock = clock;
  }

  Response alerts(Request request) {
    Parameters parameters = Parameters.of(request, clock.instant(), "status", "limit");
    Optional<Alert.Status> status = parameters.choice("status", Alert.Status.class);
    int limit = parameters.integer("limit", LIMIT, 1, MAX_LIMIT);
    requireComplete(feed);
    List<Alert> all = feed.alerts();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("firing", count(all, Alert.Status.FIRING));
    body.put("resolved", count(all, Alert.Status.RESOLVED));
    body.put(
        "alerts",
        all.stream()
            .filter(alert -> status.isEmpty() || alert.status() == status.get())
            .limit(limit)
            .map(this::withSilences)
            .toList());
    return Answers.json(body);
  }

  /** An alert that fires, with who was kept from hearing of it and who takes care of it. */
  private Map<String, @Nullable Object> withSilences(Alert alert) {
    try {
      Map<String, @Nullable Object> json = EventCodec.decodeObject(EventCodec.encode(alert));
      if (alert.status() == Alert.Status.FIRING) {
        Instant now = clock.instant();
        List<String> silencedBy =
            feed.silences().stream()
                .filter(silence -> silence.silences(alert, now))
                .map(Silence::id)
                .toList();
        json.put("silencedBy", silencedBy);
        feed.acknowledgement(alert.episode())
            .ifPresent(ack -> json.put("acknowledgedBy", AckEndpoints.json(ack)));
      }
      return json;
    } catch (MalformedEventException e) {
      throw new IllegalStateException("what was written can be read", e);
    }
  }

  Response checks(Request request) {
    Parameters.of(request, clock.instant());
    requireComplete(feed);
    List<ServiceHealth> health = feed.health();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("status", worst(health));
    body.put("ts", clock.instant());
    body.put("services", health);
    body.put("platform", platform());
    return Answers.json(body);
  }

  private static ServiceHealth.Status worst(List<ServiceHealth> health) {
    return health.stream()
        .map(ServiceHealth::status)
        .min(Comparator.comparingInt(WORST_FIRST::indexOf))
        .orElse(ServiceHealth.Status.UNKNOWN);
  }

  private List<Map<String, Object>> platform() {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Service service : platform.get()) {
      Readiness readiness = service.readiness();
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("name", service.name());
      part.put("ready", readiness.ready());
      part.put("detail", readiness.detail());
      parts.add(part);
    }
    return parts;
  }

  private static long count(List<Alert> alerts, Alert.Status status) {
    return alerts.stream().filter(alert -> alert.status() == status).count();
  }

  static void requireComplete(LiveFeed feed) {
    if (!feed.complete()) {
      throw new HttpProblem(503, "not everything has been read yet: " + feed.readiness().detail());
    }
  }
}
