package io.tocsin.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every receiver over HTTP must do, whatever the service answers. */
public abstract class ReceiverContract {

  /** Stands in every address and credential of the tests; must not show up anywhere. */
  protected static final String SECRET = "T0PSECRET";

  /** Far longer than any answer takes on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration HASTY = Duration.ofMillis(300);

  protected ContractServer server;
  protected HttpCaller caller;
  protected Receiver receiver;

  /** The service's documented contract: what it answers to a good and to a bad request. */
  protected abstract Reply answer(Call call);

  /** The receiver under test, calling {@code service}. */
  protected abstract Receiver receiver(URI service, HttpCaller caller, Duration timeout);

  /** Answers with a success status that the service never gives. */
  protected abstract Reply malformed();

  @BeforeEach
  void open() {
    server = new ContractServer(this::answer);
    caller = new HttpCaller(Clock.systemUTC());
    receiver = receiver(server.uri("/" + SECRET), caller, PATIENT);
  }

  @AfterEach
  void close() {
    caller.close();
    server.close();
  }

  private Receiver hasty() {
    return receiver(server.uri("/" + SECRET), caller, HASTY);
  }

  protected static Notification of(Kind kind) {
    Alert alert =
        kind == Kind.FIRING
            ? Alerts.firing("api-error-burst", 1)
            : Alerts.resolved("api-error-burst", 1);
    return new Notification(kind, alert, null);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsTakenByTheService(Kind kind) throws Exception {
    assertThat(receiver.deliver(of(kind))).isInstanceOf(Outcome.Delivered.class);
    assertThat(server.accepted()).isNotEmpty().hasSameSizeAs(server.calls());
  }

  @Test
  void aHugeAndHostileAlertIsStillTakenByTheService() throws Exception {
    String text = "<!channel> & \"quoted\" \u0007\u202e \ud83d\udd25<script>\n".repeat(3_000);
    Map<String, Object> group = new HashMap<>();
    group.put("service", text);
    group.put("nothing", null);
    Alert alert = Alerts.saying(Alerts.firing("x", 1), "r".repeat(5_000), text, group);
    assertThat(receiver.deliver(new Notification(Kind.FIRING, alert, null)))
        .isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void anEmptyAlertIsStillTakenByTheService() throws Exception {
    Alert alert = Alerts.saying(Alerts.firing("x", 1), "r", "", Map.of());
    assertThat(receiver.deliver(new Notification(Kind.FIRING, alert, null)))
        .isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void aRateLimitIsPatienceForAsLongAsItSays() throws Exception {
    server.next(Reply.of(429, "", "Retry-After", "17"));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Retriable(Reason.RATE_LIMITED, Duration.ofSeconds(17)));
  }

  @Test
  void aRateLimitWithoutAnyTimeIsPatienceToo() throws Exception {
    server.next(Reply.of(429, "slow down", "Retry-After", "soon"));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Retriable(Reason.RATE_LIMITED, null));
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "504"})
  void aFailureOfTheServiceIsWorthAnotherTry(int status) throws Exception {
    server.next(Reply.of(status, "oops"));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Retriable(Reason.SERVER_ERROR, null));
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_REQUEST",
    "401, FORBIDDEN",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "413, BAD_REQUEST"
  })
  void whatTheServiceRefusesIsRejectedForGood(int status, Reason reason) throws Exception {
    server.next(Reply.of(status, ""));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (ContractServer elsewhere = new ContractServer(this::answer)) {
      server.next(Reply.of(307, "", "Location", elsewhere.uri("/").toString()));
      assertThat(receiver.deliver(of(Kind.FIRING)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Reason.REDIRECTED));
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsATimeout() throws Exception {
    server.next(new Reply.Silence());
    assertThat(hasty().deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.TIMEOUT));
  }

  @Test
  void anAnswerThatStopsHalfWayIsATimeout() throws Exception {
    server.next(new Reply.HalfAnswer());
    assertThat(hasty().deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.TIMEOUT));
  }

  @Test
  void aBrokenConnectionIsWorthAnotherTryAndIsNotTriedBehindOurBack() throws Exception {
    server.next(new Reply.Break());
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.CONNECTION));
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void aServiceThatIsNotThereIsWorthAnotherTry() throws Exception {
    server.close();
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.CONNECTION));
  }

  @Test
  void aSuccessThatIsNotTheServicesOwnIsNotBelieved() throws Exception {
    server.next(malformed());
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(Outcome.retriable(Reason.MALFORMED_ANSWER));
  }

  @Test
  void nothingThatIsSaidHoldsTheSecret() throws Exception {
    assertThat(receiver.toString()).doesNotContain(SECRET);
    for (Reply reply :
        new Reply[] {Reply.of(404, "no " + SECRET), Reply.of(500, SECRET), new Reply.Break()}) {
      server.next(reply);
      assertThat(receiver.deliver(of(Kind.FIRING)).toString()).doesNotContain(SECRET);
    }
  }
}
