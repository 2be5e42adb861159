package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.event.DeadLetter;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.MemoryDeliveries.Killed;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.route.AnyOf;
import io.tocsin.notifier.route.Matchers;
import io.tocsin.notifier.route.RouteConfig;
import io.tocsin.notifier.route.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final LaneModel lane = new LaneModel(new Random(1), DAY, Pace.FREE);

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  @Test
  void aFiringAndItsResolveAreToldApart() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.append(Alerts.resolved("r", 1));
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatClearsBeforeItCouldBeToldIsToldInOne() throws Exception {
    lane.behaves(n -> Outcome.retriable(Reason.CONNECTION));
    lane.append(Alerts.firing("r", 1));
    lane.poll(1);
    lane.step();
    lane.append(Alerts.resolved("r", 1));
    lane.behaves(n -> Outcome.delivered());
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.BRIEF);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whatIsClosedIsNotOpenedAgainWhereverACrashComes(int crash) throws Exception {
    // Given: a receiver that keeps an account of each episode, and fails at first
    List<String> account = new ArrayList<>(List.of("fail"));
    lane.behaves(
        notification -> {
          if (account.remove("fail")) {
            return Outcome.retriable(Reason.SERVER_ERROR);
          }
          boolean brief = notification.kind() == Kind.BRIEF;
          account.add(brief ? "open" : "close");
          return brief ? new Outcome.Opened() : Outcome.delivered();
        });
    lane.append(Alerts.firing("r", 1));
    lane.append(Alerts.resolved("r", 1));

    // When
    for (int step = 0; step <= crash; step++) {
      lane.poll(2);
      lane.skip();
      lane.deliveries.killNext = step == crash;
      try {
        lane.step();
      } catch (Killed e) {
        lane.restart();
      }
    }
    lane.deliveries.killNext = false;
    lane.drain();

    // Then
    assertThat(String.join(" ", account)).matches("(open ?)+(close ?)+");
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void aResolveAfterARefusedFiringSaysBoth() throws Exception {
    lane.behaves(n -> new Outcome.Rejected(Reason.BAD_REQUEST, "too odd"));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.behaves(n -> Outcome.delivered());
    lane.append(Alerts.resolved("r", 1));
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.BRIEF);
    assertThat(lane.deadLetters)
        .extracting(DeadLetter::reason, DeadLetter::detail, DeadLetter::offset)
        .containsExactly(tuple("bad_request", "r: too odd", 0L));
  }

  @Test
  void anOutageIsFoundOutByOneMessageAtATime() throws Exception {
    lane.behaves(n -> Outcome.retriable(Reason.TIMEOUT));
    for (int n = 0; n < 100; n++) {
      lane.append(Alerts.firing("r", n));
    }
    lane.poll(100);
    Instant end = lane.clock.instant().plus(Duration.ofMinutes(10));
    while (lane.clock.instant().isBefore(end) && lane.skip()) {
      lane.step();
    }
    assertThat(lane.attempted).hasSizeBetween(20, 50);
  }

  @Test
  void afterAnOutageEverythingIsToldWithinMinutesAndInTheOrderItCame() throws Exception {
    lane.behaves(n -> Outcome.retriable(Reason.CONNECTION));
    for (int n = 0; n < 50; n++) {
      lane.append(Alerts.firing("r", n));
    }
    lane.poll(50);
    for (int i = 0; i < 30; i++) {
      lane.skip();
      lane.step();
    }
    lane.attempted.clear();
    lane.behaves(n -> Outcome.delivered());
    Instant back = lane.clock.instant();
    lane.drain();
    assertThat(Duration.between(back, lane.clock.instant())).isLessThan(Duration.ofSeconds(31));
    assertThat(lane.attempted.stream().map(n -> n.alert().startsAt())).isSorted().hasSize(50);
  }

  @Test
  void oneMessageThatTheReceiverStumblesOverDoesNotHoldUpTheOthers() throws Exception {
    lane.behaves(
        n ->
            n.alert().episode().equals(Alerts.firing("r", 0).episode())
                ? Outcome.retriable(Reason.SERVER_ERROR)
                : Outcome.delivered());
    Instant start = lane.clock.instant();
    for (int n = 0; n < 20; n++) {
      lane.append(Alerts.firing("r", n));
    }
    lane.poll(20);
    while (lane.waiting() > 1) {
      lane.skip();
      lane.step();
    }
    assertThat(Duration.between(start, lane.clock.instant())).isLessThan(Duration.ofSeconds(5));
    assertThat(lane.committed()).isZero();
  }

  @Test
  void afterADayItIsGivenUpWhateverRestartsThereWere() throws Exception {
    lane.behaves(n -> Outcome.retriable(Reason.SERVER_ERROR));
    lane.append(Alerts.firing("r", 1));
    Instant start = lane.clock.instant();
    int steps = 0;
    do {
      lane.poll(1);
      lane.step();
      if (++steps % 50 == 0) {
        lane.restart();
        lane.poll(1);
      }
    } while (lane.skip());
    assertThat(Duration.between(start, lane.clock.instant())).isBetween(DAY, DAY.plusMinutes(6));
    assertThat(lane.deadLetters).extracting(DeadLetter::reason).containsExactly("expired");
    assertThat(lane.committed()).isEqualTo(1);
  }

  @Test
  void anAlertThatWaitedThroughALongStopStillGetsItsDay() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.clock.advance(Duration.ofDays(3));
    lane.behaves(n -> Outcome.retriable(Reason.SERVER_ERROR));
    lane.poll(1);
    lane.step();
    lane.behaves(n -> Outcome.delivered());
    lane.drain();
    assertThat(lane.deadLetters).isEmpty();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.FIRING);
  }

  @Test
  void whoWasToldOfAFiringIsToldThatItIsOverWhereverTheRoutesLeadNow() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.append(Alerts.firing("other", 1));
    lane.drain();

    // When
    Matchers none = new Matchers(null, null, AnyOf.of("r", "other"), Map.of(), null);
    RouteConfig away = new RouteConfig(none, List.of("somebody-else"), false, List.of());
    lane.routes(new Routes(new RouteConfig(Matchers.ALL, List.of("r"), false, List.of(away))));
    lane.restart();
    lane.append(Alerts.resolved("r", 1));
    lane.append(Alerts.firing("r", 2));
    lane.append(Alerts.resolved("r", 2));
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.FIRING, Kind.RESOLVED);
    assertThat(lane.attempted.getLast().alert().episode())
        .isEqualTo(Alerts.firing("r", 1).episode());
    assertThat(lane.committed()).isEqualTo(5);
  }

  @Test
  void theSameTransitionTwiceIsToldOnce() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.append(Alerts.resolved("r", 1));
    lane.append(Alerts.resolved("r", 1));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
    assertThat(lane.committed()).isEqualTo(5);
  }

  @Test
  void whatTheReceiverSaidOfItsMessageComesBackWithTheResolve() throws Exception {
    lane.behaves(n -> new Outcome.Delivered("C1/17.4"));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.restart();
    lane.append(Alerts.resolved("r", 1));
    lane.drain();
    assertThat(lane.attempted).extracting(Notification::reference).containsExactly(null, "C1/17.4");
  }

  @Test
  void aReceiverThatThrowsLosesOneAlertAndNotTheLane() throws Exception {
    lane.behaves(
        n -> {
          if (n.alert().rule().equals("bad")) {
            throw new IllegalStateException("https://hooks/T0PSECRET");
          }
          return Outcome.delivered();
        });
    lane.append(Alerts.firing("bad", 1));
    lane.append(Alerts.firing("good", 1));
    lane.drain();
    assertThat(lane.committed()).isEqualTo(2);
    assertThat(lane.deadLetters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("not_rendered");
              assertThat(letter.detail()).doesNotContain("T0PSECRET");
            });
  }

  @Test
  void bytesThatAreNoAlertAreKeptAndPassed() throws Exception {
    lane.append("k", "nonsense".getBytes(StandardCharsets.UTF_8));
    lane.append("k", null);
    lane.drain();
    assertThat(lane.committed()).isEqualTo(2);
    assertThat(lane.deadLetters).hasSize(1);
  }

  @Test
  void whatBelongsToSomebodyElseNowIsForgotten() throws Exception {
    lane.behaves(n -> Outcome.retriable(Reason.CONNECTION));
    lane.append(Alerts.firing("r", 1));
    lane.poll(1);
    lane.step();
    lane.dispatcher().forget(List.of(LaneModel.PARTITION));
    assertThat(lane.waiting()).isZero();
    assertThat(lane.dispatcher().nextAt()).isEqualTo(Instant.MAX);
    assertThat(lane.dispatcher().takeCommittable()).isEmpty();
  }

  private static LaneModel stormy(int over) {
    return new LaneModel(new Random(1), DAY, Pace.FREE, new Storms(over, Duration.ofMinutes(1)));
  }

  @Test
  void upToTheLimitEachIsToldAlone() throws Exception {
    LaneModel calm = stormy(30);
    for (int n = 0; n < 30; n++) {
      calm.append(Alerts.firing("r", n));
    }
    calm.drain();
    assertThat(calm.attempted).hasSize(30);
    assertThat(calm.summaries).isEmpty();
  }

  @Test
  void whatIsTooManyAtOnceIsOneSummaryAndEachEpisodeIsRecorded() throws Exception {
    // Given
    LaneModel storm = stormy(30);
    for (int n = 0; n < 1_000; n++) {
      storm.append(Alerts.firing("r", n));
    }

    // When
    storm.drain();

    // Then
    assertThat(storm.attempted).isEmpty();
    assertThat(storm.summaries)
        .singleElement()
        .satisfies(summary -> assertThat(summary.notifications()).hasSize(1_000));
    assertThat(storm.committed()).isEqualTo(1_000);
    for (int n = 0; n < 1_000; n++) {
      assertThat(storm.deliveries.find(Alerts.firing("r", n).episode(), "r").opened()).isTrue();
    }
  }

  @Test
  void inAStormSummariesComeTwiceAMinuteAndAfterItEachIsToldAloneAgain() throws Exception {
    // Given: ten a second for two minutes
    LaneModel storm = stormy(30);
    Instant start = storm.clock.instant();
    int n = 0;
    while (Duration.between(start, storm.clock.instant()).toSeconds() < 120) {
      for (int i = 0; i < 10; i++) {
        storm.append(Alerts.firing("r", n++));
      }
      storm.poll(10);
      for (int i = 0; i < 12; i++) {
        storm.step();
      }
      storm.clock.advance(Duration.ofSeconds(1));
    }
    storm.drain();
    int calls = storm.attempted.size() + storm.summaries.size();

    // When
    storm.clock.advance(Duration.ofMinutes(1));
    storm.append(Alerts.resolved("r", 0));
    storm.drain();

    // Then
    assertThat(calls).isBetween(34, 37);
    assertThat(storm.attempted.getLast().kind()).isEqualTo(Kind.RESOLVED);
    assertThat(
            storm.attempted.size()
                + storm.summaries.stream().mapToInt(s -> s.notifications().size()).sum())
        .isEqualTo(n + 1);
  }

  @Test
  void aSummaryThatFailsIsTriedAgainAndOneThatIsRefusedIsKeptWhole() throws Exception {
    // Given
    LaneModel storm = stormy(2);
    storm.sumsUp(summary -> Outcome.retriable(Reason.SERVER_ERROR));
    for (int n = 0; n < 5; n++) {
      storm.append(Alerts.firing("r", n));
    }
    storm.poll(5);
    storm.step();
    assertThat(storm.waiting()).isEqualTo(5);

    // When
    storm.sumsUp(summary -> new Outcome.Rejected(Reason.NOT_FOUND, "no channel"));
    storm.drain();

    // Then
    assertThat(storm.summaries).hasSize(2);
    assertThat(storm.deadLetters).hasSize(5);
    assertThat(storm.committed()).isEqualTo(5);
  }
}
