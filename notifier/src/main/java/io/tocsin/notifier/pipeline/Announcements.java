package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Says on {@code tocsin.logs} that a receiver was not told, so that a rule can ring for it and the
 * other receivers hear of it. The dead letter is what lasts; this is a word about it, so a lane
 * never waits for it. Thread-safe.
 *
 * <p><b>Why it does not go round in circles.</b> The alert about an announcement is led to
 * receivers, perhaps to the one that takes nothing; given up there it would be announced again, and
 * so on for ever. So what came of an announcement is not announced: it is known by its evidence,
 * which names the announcement's id on the firing and on its resolve alike, whatever the rule is
 * called. A circle would have to live on announcements alone, so its evidence could name nothing
 * else.
 */
final class Announcements {

  /** Hands a record to the cluster without waiting for it. */
  interface Sink {

    /**
     * Does so; returns at once.
     *
     * @param lost runs when it did not get there
     */
    void offer(String topic, byte[] key, byte[] value, Runnable lost);
  }

  /** Who says it; the record's key. */
  static final String SERVICE = "tocsin-notifier";

  static final String EVENT = "notification_given_up";

  /** Not of the form of an agent's ids: there is no order that a late one could be behind. */
  private static final String ID = SERVICE + ":given-up:";

  private final Sink sink;
  private final NotifierMetrics metrics;
  private final Clock clock;

  Announcements(Sink sink, NotifierMetrics metrics, Clock clock) {
    this.sink = sink;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** One event for all that was given up at once; none when all of it came of announcements. */
  void gaveUp(String receiver, List<Pending> all, Reason reason, String detail) {
    Optional<Pending> first =
        all.stream().filter(pending -> !cameOfAnnouncements(pending.alert())).findFirst();
    if (first.isPresent()) {
      LogEvent event = event(receiver, first.get(), all.size(), reason, detail);
      sink.offer(
          Topics.LOGS,
          SERVICE.getBytes(StandardCharsets.UTF_8),
          EventCodec.encode(event),
          () -> metrics.unannounced(receiver));
    }
  }

  /** Also what is grouped by us as a service: its evidence may hold ten other records of ours. */
  private static boolean cameOfAnnouncements(Alert alert) {
    return SERVICE.equals(alert.group().get("service"))
        || alert.evidence().stream().anyMatch(id -> id.startsWith(ID));
  }

  private LogEvent event(
      String receiver, Pending first, int notifications, Reason reason, String detail) {
    Alert alert = first.alert();
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("receiver", receiver);
    meta.put("reason", reason.label());
    meta.put("detail", detail);
    meta.put("notifications", notifications);
    meta.put("rule", alert.rule());
    meta.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
    meta.put("status", alert.status().name().toLowerCase(Locale.ROOT));
    meta.put("episode", alert.episode());
    return new LogEvent(
        clock.instant(),
        SERVICE,
        Level.ERROR,
        EVENT,
        receiver + " was not told of " + alert.rule() + ": " + reason.label(),
        meta,
        null,
        null,
        id(receiver, first));
  }

  /** The same when a crash makes it be said twice. */
  private static String id(String receiver, Pending first) {
    if (first.isFollowUp()) {
      return ID + receiver + ":" + first.alert().episode() + ":" + first.notification().occasion();
    }
    ConsumerRecord<byte[], byte[]> record = first.records().getLast();
    return ID + receiver + ":" + record.partition() + ":" + record.offset();
  }
}
