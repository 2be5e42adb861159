package io.tocsin.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpReceiverContract;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pagerduty.Urgency.Level;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PagerDutyReceiverTest extends HttpReceiverContract {

  private static final String KEY = SECRET + "0".repeat(32 - SECRET.length());

  private final PagerDutyContract pagerDuty = new PagerDutyContract(KEY);

  @Override
  protected Reply answer(Call call) {
    return pagerDuty.answer(call);
  }

  @Override
  protected Receiver receiver(URI service, HttpCaller caller, Duration timeout) {
    return new PagerDutyReceiver(
        "on-call",
        HttpEndpoint.open("url", service),
        Secret.of(KEY, "a test"),
        new Urgency(Level.CRITICAL, Level.ERROR, Level.INFO),
        timeout,
        Pace.FREE,
        caller,
        new Links(URI.create("http://console.example:8080")));
  }

  @Override
  protected Reply malformed() {
    return Reply.of(202, "{\"status\":\"queued\"}");
  }

  @Override
  protected Reply refusal() {
    return Reply.of(
        400, "{\"status\":\"invalid event\",\"errors\":[\"'" + KEY + "' is no routing_key\"]}");
  }

  @Test
  void anEpisodeIsOneIncidentHoweverOftenItIsTold() throws Exception {
    // When
    for (Kind kind : new Kind[] {Kind.FIRING, Kind.FIRING, Kind.RESOLVED, Kind.RESOLVED}) {
      receiver.deliver(of(kind));
    }

    // Then
    assertThat(pagerDuty.incidents())
        .containsExactly(Map.entry(of(Kind.FIRING).alert().episode(), "opened resolved"));
  }

  @Test
  void whoTakesCareKeepsPagerDutyFromAskingOthers() throws Exception {
    for (Kind kind : new Kind[] {Kind.FIRING, Kind.ACKNOWLEDGED, Kind.REPEATED, Kind.RESOLVED}) {
      receiver.deliver(of(kind));
    }
    assertThat(pagerDuty.incidents().values()).containsExactly("opened acknowledged resolved");
  }

  @Test
  void theNextEpisodeIsAnotherIncident() throws Exception {
    receiver.deliver(new Notification(Kind.FIRING, Alerts.firing("r", 1), null));
    receiver.deliver(new Notification(Kind.RESOLVED, Alerts.resolved("r", 1), null));
    receiver.deliver(new Notification(Kind.FIRING, Alerts.firing("r", 2), null));
    assertThat(pagerDuty.incidents())
        .containsExactly(
            Map.entry(Alerts.firing("r", 1).episode(), "opened resolved"),
            Map.entry(Alerts.firing("r", 2).episode(), "opened"));
  }

  @Test
  void whatIsOverBeforeItCouldBeToldIsOpenedAndClosed() throws Exception {
    assertThat(receiver.deliver(of(Kind.BRIEF))).isEqualTo(new Outcome.Opened());
    assertThat(pagerDuty.incidents().values()).containsExactly("opened");
    receiver.deliver(of(Kind.RESOLVED));
    assertThat(pagerDuty.incidents().values()).containsExactly("opened resolved");
  }

  @Test
  void aBriefOneThatCannotBeOpenedIsTriedAgainAsAWhole() throws Exception {
    server.next(Reply.of(503, ""));
    assertThat(receiver.deliver(of(Kind.BRIEF))).isEqualTo(Outcome.retriable(Reason.SERVER_ERROR));
    assertThat(server.calls()).hasSize(1);
    receiver.deliver(of(Kind.BRIEF));
    assertThat(pagerDuty.incidents().values()).containsExactly("opened");
  }

  @Test
  void aTriggerSaysWhatWhereAndSinceWhen() throws Exception {
    receiver.deliver(of(Kind.FIRING));
    Map<String, Object> event =
        EventCodec.decodeObject(
            server.accepted().getFirst().body().getBytes(StandardCharsets.UTF_8));
    assertThat(event)
        .containsEntry("event_action", "trigger")
        .containsEntry(
            "client_url", "http://console.example:8080/?alert=4d90146c98ffb5c821298c48be141794");
    assertThat((Map<?, ?>) event.get("payload"))
        .extracting("summary", "source", "severity", "timestamp")
        .containsExactly(
            "api-error-burst: 7 errors in 1m from api (api-error-burst 1)",
            "api",
            "critical",
            "2025-12-10T12:00:05.000Z");
  }

  @ParameterizedTest
  @EnumSource(Alert.Severity.class)
  void severitiesAreMapped(Alert.Severity severity) {
    Urgency urgency = new Urgency(Level.ERROR, Level.WARNING, Level.INFO);
    assertThat(urgency.of(severity))
        .isEqualTo(
            switch (severity) {
              case HIGH -> Level.ERROR;
              case MEDIUM -> Level.WARNING;
              case LOW -> Level.INFO;
            });
  }

  @Test
  void pagerDutysOwnWordIsKeptWithoutTheKey() throws Exception {
    server.next(refusal());
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(
            new Outcome.Rejected(Reason.BAD_REQUEST, "HTTP 400 '(the key)' is no routing_key"));
  }
}
