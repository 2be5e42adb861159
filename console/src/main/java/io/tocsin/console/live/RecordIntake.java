package io.tocsin.console.live;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.Telemetry;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What becomes of each record: it changes a board, and whoever watches hears of it. */
final class RecordIntake {

  private static final Duration REPORT = Duration.ofSeconds(2);

  private static final LiveEvent CHANGED =
      new LiveEvent("silences", "{}".getBytes(StandardCharsets.UTF_8));

  private final AlertBoard alerts;
  private final HealthBoard health;
  private final SilenceBoard silences;
  private final Broadcast broadcast;
  private final FeedMetrics metrics;
  private final InstantSource clock;
  private final Rates rates;
  private final DeviceSampler sampler = new DeviceSampler();

  RecordIntake(
      AlertBoard alerts,
      HealthBoard health,
      SilenceBoard silences,
      Broadcast broadcast,
      FeedMetrics metrics,
      InstantSource clock) {
    this.alerts = alerts;
    this.health = health;
    this.silences = silences;
    this.broadcast = broadcast;
    this.metrics = metrics;
    this.clock = clock;
    this.rates = new Rates(clock.instant());
  }

  /**
   * Takes a record.
   *
   * @param news whether it is new; false while the boards are filled with what happened before
   */
  void take(ConsumerRecord<byte[], byte[]> record, boolean news) {
    try {
      switch (record.topic()) {
        case Topics.ALERT_STATE -> alert(record, news);
        case Topics.HEALTH -> health(record, news);
        case Topics.SILENCES -> silence(record, news);
        case Topics.LOGS -> log(record);
        case Topics.TELEMETRY -> telemetry(record);
        default -> throw new IllegalArgumentException("not read here: " + record.topic());
      }
    } catch (MalformedEventException e) {
      metrics.malformed(record.topic());
    }
  }

  private void alert(ConsumerRecord<byte[], byte[]> record, boolean news)
      throws MalformedEventException {
    if (record.value() == null) {
      alerts.remove(key(record));
      return;
    }
    Alert alert = EventCodec.decodeAlert(record.value());
    alerts.put(alert);
    if (news) {
      broadcast.publish(new LiveEvent("alert", EventCodec.encode(alert)));
    }
  }

  private void health(ConsumerRecord<byte[], byte[]> record, boolean news)
      throws MalformedEventException {
    if (record.value() == null) {
      health.remove(key(record));
      return;
    }
    ServiceHealth service = EventCodec.decodeHealth(record.value());
    health.put(service);
    if (news) {
      broadcast.publish(new LiveEvent("health", EventCodec.encode(service)));
    }
  }

  /** Which alerts it changes, whoever watches asks again: that also takes time to be worked out. */
  private void silence(ConsumerRecord<byte[], byte[]> record, boolean news) {
    try {
      silences.take(key(record), record.value());
    } catch (IllegalArgumentException e) {
      metrics.malformed(record.topic());
    }
    if (news) {
      broadcast.publish(CHANGED);
    }
  }

  private void log(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
    rates.log();
    if (record.value() == null) {
      return;
    }
    Optional<Level> level = LevelSniff.of(record.value());
    if (level.isEmpty() || level.get().compareTo(Level.ERROR) < 0) {
      return;
    }
    if (rates.error(clock.instant())) {
      String where = record.topic() + "-" + record.partition() + "-" + record.offset();
      broadcast.publishLog(LogDigest.of(EventCodec.decodeLog(record.value()), where));
    } else {
      rates.skipped(1);
      metrics.skippedByRate();
    }
  }

  private void telemetry(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
    rates.telemetry();
    if (record.value() == null) {
      return;
    }
    if (!sampler.shows(key(record), clock.instant())) {
      metrics.skippedBySampling();
      return;
    }
    Telemetry measured = EventCodec.decodeTelemetry(record.value());
    broadcast.publishTelemetry(
        measured.device(), new LiveEvent("telemetry", EventCodec.encode(measured)));
  }

  void lagged(long records) {
    rates.skipped(records);
    metrics.skippedByLag(records);
  }

  /** Starts counting from now: nobody watched before. */
  void begin() {
    rates.begin(clock.instant());
  }

  /** Reports the rates every two seconds; true when it did. */
  boolean report() {
    if (!rates.due(clock.instant(), REPORT)) {
      return false;
    }
    broadcast.publish(
        rates.report(clock.instant(), alerts.count(Alert.Status.FIRING), broadcast.watching()));
    return true;
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }
}
