package io.tocsin.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.ReceiverContract;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every receiver over HTTP must do besides. */
public abstract class HttpReceiverContract extends ReceiverContract {

  protected final ContractServer server = new ContractServer(this::answer);
  private final HttpCaller caller = new HttpCaller(Clock.systemUTC());

  /** The service's documented contract: what it answers to a good and to a bad request. */
  protected abstract Reply answer(Call call);

  /** The receiver under test, calling {@code service}. */
  protected abstract Receiver receiver(URI service, HttpCaller caller, Duration timeout);

  /** Answers with a success status as the service never does. */
  protected abstract Reply malformed();

  /** Refuses with a word of the service's that quotes the secret. */
  protected Reply refusal() {
    return Reply.of(404, "no " + SECRET);
  }

  @AfterEach
  void close() {
    caller.close();
    server.close();
  }

  @Override
  protected final Receiver receiver(Duration timeout) {
    return receiver(server.uri("/" + SECRET), caller, timeout);
  }

  @Override
  protected final void next(Trouble trouble) {
    server.next(
        switch (trouble) {
          case FAILS -> Reply.of(500, SECRET);
          case REFUSES -> refusal();
          case SILENT -> new Reply.Silence();
          case STOPS_HALF_WAY -> new Reply.HalfAnswer();
          case HANGS_UP -> new Reply.Break();
          case TALKS_NONSENSE -> malformed();
        });
  }

  @Override
  protected final void disappear() {
    server.close();
  }

  @Override
  protected final int calls() {
    return server.calls().size();
  }

  @Override
  protected final int taken() {
    return server.accepted().size();
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
  void everyFailureOfTheServiceIsWorthAnotherTry(int status) throws Exception {
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
  void eachRefusalHasItsReason(int status, Reason reason) throws Exception {
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
  void aSuccessThatIsNotTheServicesOwnIsNotBelieved() throws Exception {
    server.next(malformed());
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(Outcome.retriable(Reason.MALFORMED_ANSWER));
  }
}
