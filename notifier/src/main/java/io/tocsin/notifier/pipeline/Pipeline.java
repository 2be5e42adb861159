package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.notifier.route.Routes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Brings the transitions on {@code tocsin.alerts} to the receivers, each on a {@linkplain Lane lane
 * of its own}, at least once and in order of the episode. Thread-safe.
 */
public final class Pipeline implements AutoCloseable {

  /** What must be waited for when a call is under way: a receiver's longest timeout, and a bit. */
  private static final Duration GRACE = Duration.ofSeconds(7);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
  private static final Duration LONGEST_OUTAGE_PROBE = Duration.ofSeconds(30);

  /**
   * How it runs.
   *
   * @param instance who this process is among the notifiers of one cluster: a second process of the
   *     same name takes over from the first
   * @param giveUpAfter how long a notification is tried
   * @param storms when people are told in summaries
   */
  public record Settings(String instance, Duration giveUpAfter, Storms storms) {}

  private final Settings settings;
  private final Routes routes;
  private final KafkaSettings kafka;
  private final Clock clock;
  private final NotifierMetrics metrics;
  private final KafkaOutbox outbox;
  private final DeliveryTopic deliveries;
  private final SilenceTopic silences;
  private final AlertStateTopic states;
  private final DeadLetters deadLetters;
  private final Announcements announcements;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /**
   * Prepares; does not wait for the cluster.
   *
   * @param receivers with names of their own
   */
  public Pipeline(
      Settings settings,
      List<Receiver> receivers,
      Routes routes,
      KafkaSettings kafka,
      Metrics metrics,
      Clock clock) {
    this.settings = settings;
    this.routes = routes;
    this.kafka = kafka;
    this.clock = clock;
    this.metrics = new NotifierMetrics(metrics, this::waiting, this::held);
    this.outbox = new KafkaOutbox(kafka, "tocsin-notifier-" + settings.instance());
    this.deliveries =
        new DeliveryTopic(
            kafka, "tocsin-notifier-" + settings.instance() + "-deliveries", outbox, clock);
    this.silences = new SilenceTopic(kafka, "tocsin-notifier-" + settings.instance() + "-silences");
    this.states = new AlertStateTopic(kafka, "tocsin-notifier-" + settings.instance() + "-states");
    this.deadLetters = new DeadLetters(outbox, clock);
    this.announcements = new Announcements(outbox, this.metrics, clock);
    for (Receiver receiver : receivers) {
      lanes.add(lane(receiver, lanes.isEmpty()));
    }
  }

  /** Begins; called once. */
  public synchronized void start() {
    for (Lane lane : lanes) {
      threads.add(Thread.ofVirtual().name("tocsin-notifier-lane").start(lane));
    }
  }

  /** Ready when every lane is. */
  public Readiness readiness() {
    for (Lane lane : lanes) {
      Readiness readiness = lane.readiness();
      if (!readiness.ready()) {
        return readiness;
      }
    }
    return Readiness.ok();
  }

  private double waiting() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  private double held(Hold why) {
    return lanes.stream().mapToInt(lane -> lane.held(why)).sum();
  }

  private Lane lane(Receiver receiver, boolean first) {
    RandomGenerator random = RandomGenerator.getDefault();
    Gate gate = new Gate(receiver.pace(), new Backoff(FIRST_RETRY, LONGEST_OUTAGE_PROBE, random));
    Storm storm = new Storm(settings.storms());
    Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, random);
    Supplier<Dispatcher> dispatchers =
        () -> {
          Backlog backlog = new Backlog();
          Grouping grouping = new Grouping(receiver);
          OpenEpisodes episodes = new OpenEpisodes(receiver.name(), deliveries);
          GiveUps giveUps =
              new GiveUps(receiver.name(), deadLetters, episodes, announcements, metrics, clock);
          return new Dispatcher(
              new Intake(receiver.name(), first, routes, episodes, deadLetters, backlog),
              episodes,
              backlog,
              new FollowUps(receiver.name(), episodes, routes, silences::acknowledgements, backlog),
              new HoldStage(receiver.name(), restraints(grouping), backlog, episodes, metrics),
              new Attempts(
                  receiver,
                  gate,
                  storm,
                  grouping,
                  backoff,
                  settings.giveUpAfter(),
                  backlog,
                  episodes,
                  giveUps,
                  metrics,
                  clock),
              clock);
        };
    return new Lane(
        receiver.name(),
        () -> consumer(receiver.name()),
        dispatchers,
        deliveries,
        silences,
        states,
        clock);
  }

  private List<Restraint> restraints(Grouping grouping) {
    return List.of(
        new Escalating(silences::acknowledgements),
        new Inhibiting(states::firing),
        new Silencing(silences::silences),
        grouping);
  }

  private Consumer<byte[], byte[]> consumer(String receiver) {
    return new KafkaConsumer<>(
        kafka.with(
            Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "tocsin-notifier-" + receiver),
                Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance()),
                Map.entry(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    "tocsin-notifier-" + settings.instance() + "-" + receiver),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000))),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * Lets the calls in progress end, records what came of them, and stops. What waits is told by the
   * next process. A receiver that takes longer than seven seconds is cut off; the next process may
   * then tell it twice.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    lanes.forEach(Lane::stop);
    boolean interrupted = !join(GRACE);
    if (interrupted) {
      threads.forEach(Thread::interrupt);
      join(Duration.ofSeconds(1));
    }
    deliveries.close();
    silences.close();
    states.close();
    outbox.close();
  }

  /** False when some lane still runs at the end of the wait. */
  private boolean join(Duration atMost) {
    try {
      long deadline = System.nanoTime() + atMost.toNanos();
      for (Thread thread : threads) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!thread.join(left)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
