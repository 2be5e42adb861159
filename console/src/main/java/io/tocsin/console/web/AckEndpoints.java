package io.tocsin.console.web;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.change.ChangeDesk;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.event.Alert;
import io.tocsin.event.Timestamps;
import io.tocsin.event.ack.Acknowledgement;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes care of an alert that fires. */
final class AckEndpoints {

  private final LiveFeed feed;
  private final ChangeDesk desk;
  private final InstantSource clock;

  AckEndpoints(LiveFeed feed, ChangeDesk desk, InstantSource clock) {
    this.feed = feed;
    this.desk = desk;
    this.clock = clock;
  }

  Response acknowledge(Request request) throws IOException {
    Body body = Body.of(request, "author", "comment");
    String author = body.required("author", "say who takes care of it");
    Alert alert = firing(request);
    Acknowledgement ack =
        new Acknowledgement(
            alert.episode(),
            author,
            body.text("comment").orElse(""),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    try {
      desk.acknowledge(ack);
    } catch (UserError e) {
      throw new HttpProblem(503, e.getMessage() + "; " + e.remedy());
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("fingerprint", alert.fingerprint());
    json.put("episode", ack.episode());
    json.putAll(json(ack));
    return Answers.created(json);
  }

  Response takeBack(Request request) {
    Alert alert = firing(request);
    Acknowledgement ack =
        feed.acknowledgement(alert.episode())
            .orElseThrow(() -> new HttpProblem(404, "nobody has acknowledged this alert"));
    try {
      desk.takeBack(ack);
    } catch (UserError e) {
      throw new HttpProblem(503, e.getMessage() + "; " + e.remedy());
    }
    return Answers.nothing();
  }

  private Alert firing(Request request) {
    Parameters.of(request, clock.instant());
    LiveEndpoints.requireComplete(feed);
    String fingerprint = request.parts().getOrDefault("fingerprint", "");
    Alert alert =
        feed.alerts().stream()
            .filter(one -> one.fingerprint().equals(fingerprint))
            .findFirst()
            .orElseThrow(
                () ->
                    new HttpProblem(
                        404, "there is no alert '" + fingerprint + "'; GET /alerts shows them"));
    if (alert.status() != Alert.Status.FIRING) {
      throw new HttpProblem(
          409,
          "this alert is over since "
              + Timestamps.format(alert.at())
              + "; only what fires can be acknowledged");
    }
    return alert;
  }

  static Map<String, @Nullable Object> json(Acknowledgement ack) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("author", ack.author());
    json.put("comment", ack.comment());
    json.put("createdAt", ack.createdAt());
    return json;
  }
}
