package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.silence.Silences;
import io.tocsin.notifier.TestClock;
import io.tocsin.notifier.route.RouteConfig;
import io.tocsin.notifier.route.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A lane without its cluster: a topic in memory, a delivery log that stays, a clock to move. */
final class LaneModel {

  static final TopicPartition PARTITION = new TopicPartition("tocsin.alerts", 0);

  final TestClock clock = new TestClock();
  final MemoryDeliveries deliveries = new MemoryDeliveries();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final List<LogEvent> announced = new ArrayList<>();
  final List<Notification> attempted = new ArrayList<>();
  final List<Summary> summaries = new ArrayList<>();
  final FiringAlerts firing = new FiringAlerts();
  private final List<ConsumerRecord<byte[], byte[]>> topic = new ArrayList<>();
  private final RandomGenerator random;
  private final Duration giveUpAfter;
  private final Pace pace;
  private final Storms storms;
  private Function<Notification, Outcome> behaviour = notification -> Outcome.delivered();
  private Function<Summary, Outcome> summaryBehaviour = summary -> Outcome.delivered();
  private Routes routes = new Routes(RouteConfig.toAll(List.of("r")));
  private Silences silences = Silences.NONE;
  private Acknowledgements acknowledgements = Acknowledgements.NONE;
  private boolean people = true;
  private Dispatcher dispatcher;
  private long committed;
  private int read;

  /** One that never sums up. */
  LaneModel(RandomGenerator random, Duration giveUpAfter, Pace pace) {
    this(random, giveUpAfter, pace, new Storms(10_000, Duration.ofSeconds(1)));
  }

  LaneModel(RandomGenerator random, Duration giveUpAfter, Pace pace, Storms storms) {
    this.storms = storms;
    this.random = random;
    this.giveUpAfter = giveUpAfter;
    this.pace = pace;
    restart();
  }

  void behaves(Function<Notification, Outcome> next) {
    behaviour = next;
  }

  void sumsUp(Function<Summary, Outcome> next) {
    summaryBehaviour = next;
  }

  void routes(Routes next) {
    routes = next;
  }

  /** As a file of one receiver's routes says; from the next {@link #restart} on. */
  void routes(String yaml) {
    routes = new Routes(ConfigReader.read("routes.yaml", yaml, RouteConfig.class));
  }

  void silences(Silences next) {
    silences = next;
  }

  void acknowledgements(Acknowledgement... all) {
    acknowledgements =
        new Acknowledgements(
            Stream.of(all).collect(Collectors.toMap(Acknowledgement::key, each -> each)));
  }

  /** It reads no summaries; from the next {@link #restart} on. */
  void isAProgram() {
    people = false;
  }

  /** A new process: all that is left is the topic, the offsets and the delivery log. */
  void restart() {
    Backlog backlog = new Backlog();
    OpenEpisodes episodes = new OpenEpisodes("r", deliveries);
    Receiver receiver = people ? new Scripted() : new Program();
    Grouping grouping = new Grouping(receiver);
    DeadLetters letters = new DeadLetters(this::keep, clock);
    NotifierMetrics metrics = new NotifierMetrics(new Metrics(), backlog::size, backlog::held);
    Announcements announcements = new Announcements(this::announce, metrics, clock);
    dispatcher =
        new Dispatcher(
            new Intake("r", true, routes, episodes, letters, backlog),
            episodes,
            backlog,
            new FollowUps("r", episodes, routes, () -> acknowledgements, backlog),
            new HoldStage(
                "r",
                List.of(
                    new Escalating(() -> acknowledgements),
                    new Inhibiting(() -> firing),
                    new Silencing(() -> silences),
                    grouping),
                backlog,
                episodes,
                metrics),
            new Attempts(
                receiver,
                new Gate(pace, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random)),
                new Storm(storms),
                grouping,
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), random),
                giveUpAfter,
                backlog,
                episodes,
                new GiveUps("r", letters, episodes, announcements, metrics, clock),
                metrics,
                clock),
            clock);
    dispatcher.begin(List.of(PARTITION));
    read = (int) committed;
  }

  void append(Alert alert) {
    append(alert.fingerprint(), EventCodec.encode(alert));
  }

  void append(String key, byte[] value) {
    topic.add(
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            topic.size(),
            clock.millis(),
            TimestampType.LOG_APPEND_TIME,
            -1,
            -1,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty()));
  }

  /** Reads up to {@code most} records, as a poll does. */
  void poll(int most) throws InterruptedException {
    for (int i = 0; i < most && read < topic.size(); i++) {
      dispatcher.accept(topic.get(read++));
    }
  }

  /** One attempt and a commit, if anything is due. */
  void step() throws InterruptedException {
    dispatcher.attempt(read == topic.size());
    var offsets = dispatcher.takeCommittable();
    if (offsets.containsKey(PARTITION)) {
      committed = offsets.get(PARTITION).offset();
    }
  }

  /** Moves the clock to the next attempt; false when nothing waits. */
  boolean skip() {
    Instant next = dispatcher.nextAt();
    if (next.equals(Instant.MAX)) {
      return false;
    }
    clock.advanceTo(next);
    return true;
  }

  /** Reads and tells whatever is due until then. */
  void runUntil(Instant end) throws InterruptedException {
    do {
      poll(Integer.MAX_VALUE);
      step();
      clock.advanceTo(min(dispatcher.nextAt(), end));
    } while (clock.instant().isBefore(end) || !dispatcher.nextAt().isAfter(end));
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Reads and tells until nothing is left. */
  void drain() throws InterruptedException {
    do {
      poll(Integer.MAX_VALUE);
      step();
    } while (read < topic.size() || skip());
    step();
  }

  int waiting() {
    return dispatcher.waiting();
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  long committed() {
    return committed;
  }

  int appended() {
    return topic.size();
  }

  private RecordMetadata keep(String name, byte[] key, byte[] value) {
    try {
      deadLetters.add(EventCodec.decodeDeadLetter(value));
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
    return new RecordMetadata(PARTITION, 0, 0, 0, 0, 0);
  }

  private void announce(String name, byte[] key, byte[] value, Runnable lost) {
    try {
      announced.add(EventCodec.decodeLog(value));
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private final class Program implements Receiver {
    @Override
    public String name() {
      return "r";
    }

    @Override
    public Pace pace() {
      return pace;
    }

    @Override
    public Outcome deliver(Notification notification) {
      attempted.add(notification);
      return behaviour.apply(notification);
    }
  }

  private final class Scripted implements SummaryReceiver {
    @Override
    public String name() {
      return "r";
    }

    @Override
    public Pace pace() {
      return pace;
    }

    @Override
    public Outcome deliver(Notification notification) {
      attempted.add(notification);
      return behaviour.apply(notification);
    }

    @Override
    public Outcome deliver(Summary summary) {
      summaries.add(summary);
      return summaryBehaviour.apply(summary);
    }
  }
}
