package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard: reads its partition of the input, evaluates what lives here, sends on what lives
 * elsewhere, and takes in what others sent here.
 *
 * <h2>Time</h2>
 *
 * A record read where it lives moves its lane's clock to the moment it was appended: all before it
 * on this partition has been evaluated. A record that travelled does not, since others on their way
 * from another partition may be older. Between records, timers wait for {@link ReadProgress}.
 */
final class ShardProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(ShardProcessor.class);
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(50);

  private final AlertingTopology.Parts parts;

  // Set by init and open, before anything else is called.
  private ProcessorContext<byte[], byte[]> context;
  private Outlet outlet;
  private LaneEngines engines;
  private Announcer announcer;
  private ResetsDone resetsDone;
  private Alarm alarm;
  private PromptCommit promptCommit;
  private Instant openedAt;
  private int shard;
  private long rulesVersion;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
  ShardProcessor(AlertingTopology.Parts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> given) {
    context = given;
    shard = given.taskId().partition();
    outlet = new Outlet(given, parts.clock());
    alarm = new Alarm(given, parts.clock(), this::wake);
    promptCommit = new PromptCommit(given, parts.clock());
    openedAt = parts.clock().instant();
    rulesVersion = 0;
    given.schedule(CHECK, PunctuationType.WALL_CLOCK_TIME, timestamp -> check());
    // Opening the engines may resolve alerts, and nothing can be sent from here.
    alarm.setFor(openedAt);
  }

  private void open() {
    ShardStore store = context.getStateStore(AlertingTopology.STORE);
    engines = new LaneEngines(store, parts.shards(), shard);
    resetsDone = new ResetsDone(StatePart.RESETS.in(store));
    announcer = new Announcer(store, outlet, parts.metrics(), parts.shards(), shard);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    followRules();
    RecordMetadata from = context.recordMetadata().orElseThrow();
    try {
      if (from.topic().equals(parts.topics().rekeyed())) {
        takeIn(record, from);
      } else {
        arrive(record, from);
      }
    } catch (MalformedEventException e) {
      giveUp(record, from, e.reason(), String.valueOf(e.getMessage()));
    }
    setAlarm();
  }

  @Override
  public void close() {
    parts.metrics().left(shard);
  }

  // --- records ---

  private void arrive(Record<byte[], byte[]> record, RecordMetadata from)
      throws MalformedEventException {
    Origin origin = from.topic().equals(parts.topics().logs()) ? Origin.LOGS : Origin.TELEMETRY;
    parts.metrics().event(origin);
    if (record.value() == null) {
      giveUp(record, from, "no_value", "the record is a tombstone");
      return;
    }
    EventRecord event = decode(origin, record.value());
    Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
    Sighting sighting = new Sighting(event, record, from, appendedAt);
    announcer.greet(event, appendedAt);
    for (Lane lane : engines.lanesFor(event)) {
      // Without a key it has no group; the engine here counts that.
      int home = lane.keyOf(event.fields()).map(parts.shards()::of).orElse(shard);
      if (home != shard) {
        sendOn(lane, sighting);
      } else {
        Instant clock = lane.isHome() ? noLaterThanNow(appendedAt) : parts.progress().readUpTo();
        evaluate(lane, clock, sighting);
      }
    }
  }

  private void sendOn(Lane lane, Sighting sighting) {
    String key = lane.keyOf(sighting.event().fields()).orElseThrow();
    outlet.travel(key, sighting.record().value(), new Travel(lane.name(), sighting.appendedAt()));
    parts.metrics().travelled();
    promptCommit.ask(sighting.appendedAt());
  }

  private void takeIn(Record<byte[], byte[]> record, RecordMetadata from)
      throws MalformedEventException {
    Travel travel = Travel.of(record.headers()).orElse(null);
    if (travel == null || record.value() == null) {
      giveUp(record, from, "not_rekeyed", "nobody here sent this record on");
    } else if (travel.lane().equals(Travel.HEALTH)) {
      announcer.take(HealthNews.decode(record.value()));
    } else {
      // A lane that the last rule has left meanwhile needs the record no more.
      Lane lane = engines.lane(travel.lane()).orElse(null);
      if (lane != null) {
        EventRecord event = decode(lane.origin(), record.value());
        Sighting sighting = new Sighting(event, record, from, travel.appendedAt());
        evaluate(lane, parts.progress().readUpTo(), sighting);
      }
    }
  }

  private void evaluate(Lane lane, Instant clock, Sighting sighting) {
    List<Alert> transitions;
    try {
      transitions = engines.onEvent(lane, clock, sighting.appendedAt(), sighting.event());
    } catch (KafkaException e) {
      throw e; // of the store, for Kafka Streams to handle
    } catch (RuntimeException e) {
      // One record that trips an engine must not stop all that follow.
      LOG.atError()
          .setCause(e)
          .addKeyValue("lane", lane.name())
          .addKeyValue("topic", sighting.from().topic())
          .addKeyValue("partition", sighting.from().partition())
          .addKeyValue("offset", sighting.from().offset())
          .log("record not evaluated");
      giveUp(sighting.record(), sighting.from(), "not_evaluated", lane.name() + ": " + e);
      engines.reopen(lane.name());
      return;
    }
    if (!transitions.isEmpty()) {
      publish(transitions);
      promptCommit.ask(sighting.appendedAt());
    }
  }

  private void giveUp(
      Record<byte[], byte[]> record, RecordMetadata from, String reason, String detail) {
    outlet.deadLetter(record, from, reason, detail);
    parts.metrics().deadLetter(reason);
  }

  private static EventRecord decode(Origin origin, byte[] value) throws MalformedEventException {
    return switch (origin) {
      case LOGS -> EventRecord.of(EventCodec.decodeLog(value));
      case TELEMETRY -> EventRecord.of(EventCodec.decodeTelemetry(value));
    };
  }

  // --- time and rules ---

  private void check() {
    followRules();
    setAlarm();
    stand();
  }

  private void wake() {
    followRules();
    Instant readUpTo = parts.progress().readUpTo();
    // Before the first proof nothing is known, not even where a fresh clock might start.
    if (!readUpTo.isBefore(openedAt)) {
      List<Alert> transitions = engines.advanceTo(noLaterThanNow(readUpTo));
      if (!transitions.isEmpty()) {
        publish(transitions);
        promptCommit.ask(readUpTo);
      }
    }
    setAlarm();
  }

  private void setAlarm() {
    Instant now = parts.clock().instant();
    Instant due = engines.nextTimer().orElse(Instant.MAX);
    if (parts.progress().readUpTo().isBefore(openedAt)) {
      due = openedAt;
    }
    if (due.isAfter(now)) {
      alarm.setFor(due);
    } else if (parts.progress().readUpTo().isBefore(due)) {
      // It waits for what is still unread.
      parts.progress().demand(due);
      alarm.setFor(now.plus(RETRY));
    } else {
      alarm.setFor(now);
    }
  }

  private void followRules() {
    if (rulesVersion == 0) {
      open();
    }
    RuleBook.Edition edition = parts.rules().edition();
    if (edition.version() != rulesVersion) {
      rulesVersion = edition.version();
      Instant now = parts.clock().instant();
      publish(engines.follow(edition.rules(), now));
      for (Reset reset : resetsDone.due(edition.resets())) {
        publish(engines.reset(reset, now));
      }
    }
  }

  private Instant noLaterThanNow(Instant time) {
    Instant now = parts.clock().instant();
    return time.isAfter(now) ? now : time;
  }

  private void publish(List<Alert> transitions) {
    if (!transitions.isEmpty()) {
      announcer.publish(transitions, engines::rule);
      stand();
    }
  }

  private void stand() {
    parts.metrics().stands(shard, announcer.firing(), engines.stats());
  }
}
