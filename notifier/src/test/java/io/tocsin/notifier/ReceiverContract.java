package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every receiver must do, by whatever protocol and whatever the service answers. */
public abstract class ReceiverContract {

  /** Stands in every address and credential of the tests; must not show up anywhere. */
  protected static final String SECRET = "T0PSECRET";

  /** Far longer than any answer takes on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration HASTY = Duration.ofMillis(300);

  /** What a service may do instead of its work. */
  protected enum Trouble {
    /** It is overloaded or broken, and says so. */
    FAILS,
    /** It does not want the message, and quotes the secret. */
    REFUSES,
    /** It never answers. */
    SILENT,
    /** It begins to answer. */
    STOPS_HALF_WAY,
    /** It hangs up. */
    HANGS_UP,
    /** It answers what is not of its protocol, as a stranger at its address would. */
    TALKS_NONSENSE
  }

  protected Receiver receiver;

  /** The receiver under test, telling the service. */
  protected abstract Receiver receiver(Duration timeout);

  /** The service's next answer. */
  protected abstract void next(Trouble trouble);

  /** Nobody listens at its address any more. */
  protected abstract void disappear();

  /** How often it was called, whatever came of it. */
  protected abstract int calls();

  /** How much it has taken, by its documented contract. */
  protected abstract int taken();

  @BeforeEach
  void makeReceiver() {
    receiver = receiver(PATIENT);
  }

  protected static Notification of(Kind kind) {
    Alert firing = Alerts.firing("api-error-burst", 1);
    return switch (kind) {
      case FIRING -> new Notification(kind, firing, null);
      case ACKNOWLEDGED -> Notification.acknowledged(firing, null, acknowledgement("looking"));
      case REPEATED -> Notification.repeated(firing, null, 1);
      case RESOLVED, BRIEF -> new Notification(kind, Alerts.resolved("api-error-burst", 1), null);
    };
  }

  private static Acknowledgement acknowledgement(String comment) {
    Alert firing = Alerts.firing("api-error-burst", 1);
    return new Acknowledgement(firing.episode(), "ayse", comment, firing.at().plusSeconds(60));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsTakenByTheService(Kind kind) throws Exception {
    assertThat(receiver.deliver(of(kind)))
        .isInstanceOfAny(Outcome.Delivered.class, Outcome.Opened.class);
    assertThat(taken()).isPositive().isEqualTo(calls());
  }

  @Test
  void aHugeAndHostileAlertIsStillTakenByTheService() throws Exception {
    String text =
        "<!channel> & \"quoted\" \u0007\u202e \ud83d\udd25<script>\r\n.\r\n".repeat(3_000);
    Map<String, Object> group = new HashMap<>();
    group.put("service", text);
    group.put("nothing", null);
    Alert alert = Alerts.saying(Alerts.firing("x", 1), "r".repeat(5_000), text, group);
    assertThat(receiver.deliver(new Notification(Kind.FIRING, alert, null)))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(taken()).isOne();
  }

  @Test
  void aHugeAndHostileAcknowledgementIsStillTakenByTheService() throws Exception {
    String text = "<!channel> & \"quoted\" \u0007\u202e<script>\r\n.\r\n".repeat(3_000);
    Alert alert = of(Kind.FIRING).alert();
    assertThat(receiver.deliver(Notification.acknowledged(alert, null, acknowledgement(text))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(taken()).isEqualTo(calls());
  }

  @Test
  void anEmptyAlertIsStillTakenByTheService() throws Exception {
    Alert alert = Alerts.saying(Alerts.firing("x", 1), "r", "", Map.of());
    assertThat(receiver.deliver(new Notification(Kind.FIRING, alert, null)))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(taken()).isOne();
  }

  /** People hear of it in one message, programs of each. */
  @Test
  void aHugeAndHostileStormIsTakenByTheService() throws Exception {
    List<Notification> storm = new ArrayList<>();
    for (int n = 0; n < 1_000; n++) {
      String text = "<!channel> & \"'\r\n.\r\n\u202e<b>\ud83d\udd25".repeat(50);
      Alert alert = Alerts.saying(Alerts.firing("x", n), text + n, text, Map.of("service", text));
      storm.add(new Notification(Kind.FIRING, alert, null));
    }
    if (receiver instanceof SummaryReceiver reader) {
      assertThat(reader.deliver(new Summary(storm))).isInstanceOf(Outcome.Delivered.class);
      assertThat(taken()).isOne();
    } else {
      for (Notification each : storm.subList(0, 20)) {
        assertThat(receiver.deliver(each)).isInstanceOf(Outcome.Delivered.class);
      }
      assertThat(taken()).isEqualTo(20);
    }
  }

  @Test
  void aFailureOfTheServiceIsWorthAnotherTry() throws Exception {
    next(Trouble.FAILS);
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.SERVER_ERROR));
    assertThat(receiver.deliver(of(Kind.FIRING))).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void whatTheServiceRefusesIsRejectedForGood() throws Exception {
    next(Trouble.REFUSES);
    assertThat(receiver.deliver(of(Kind.FIRING))).isInstanceOf(Outcome.Rejected.class);
    assertThat(taken()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "STOPS_HALF_WAY"})
  void anAnswerThatDoesNotComeWholeIsATimeout(Trouble trouble) throws Exception {
    next(trouble);
    assertThat(receiver(HASTY).deliver(of(Kind.FIRING)))
        .isEqualTo(Outcome.retriable(Reason.TIMEOUT));
  }

  @Test
  void aBrokenConnectionIsWorthAnotherTryAndIsNotTriedBehindOurBack() throws Exception {
    next(Trouble.HANGS_UP);
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.CONNECTION));
    assertThat(calls()).isOne();
  }

  @Test
  void aServiceThatIsNotThereIsWorthAnotherTry() throws Exception {
    disappear();
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.CONNECTION));
  }

  @Test
  void aStrangerAtItsAddressIsNotBelieved() throws Exception {
    next(Trouble.TALKS_NONSENSE);
    assertThat(receiver.deliver(of(Kind.FIRING))).isInstanceOf(Outcome.Retriable.class);
    assertThat(taken()).isZero();
  }

  @Test
  void nothingThatIsSaidHoldsTheSecret() throws Exception {
    assertThat(receiver.toString()).doesNotContain(SECRET);
    for (Trouble trouble : new Trouble[] {Trouble.REFUSES, Trouble.FAILS, Trouble.HANGS_UP}) {
      next(trouble);
      assertThat(receiver.deliver(of(Kind.FIRING)).toString()).doesNotContain(SECRET);
    }
  }
}
