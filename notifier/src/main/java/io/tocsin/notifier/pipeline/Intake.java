package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.route.Lead;
import io.tocsin.notifier.route.Routes;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The first stages of a lane: decodes a transition, drops what its receiver has been told already
 * or is not to be told, and puts the rest into the backlog.
 */
final class Intake {

  /** What became of a record. */
  enum Taken {
    /** It waits in the backlog; its offset stays open. */
    WAITS,
    /** Nothing is to be done. */
    SETTLED
  }

  private final String receiver;
  private final boolean buriesMalformed;
  private final Routes routes;
  private final Deliveries deliveries;
  private final DeadLetters deadLetters;
  private final Backlog backlog;

  /**
   * For one receiver.
   *
   * @param buriesMalformed every lane reads every record; only one of them keeps the bad ones
   */
  Intake(
      String receiver,
      boolean buriesMalformed,
      Routes routes,
      Deliveries deliveries,
      DeadLetters deadLetters,
      Backlog backlog) {
    this.receiver = receiver;
    this.buriesMalformed = buriesMalformed;
    this.routes = routes;
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.backlog = backlog;
  }

  Taken take(ConsumerRecord<byte[], byte[]> record, Instant now) throws InterruptedException {
    if (record.value() == null) {
      return Taken.SETTLED;
    }
    try {
      return take(record, EventCodec.decodeAlert(record.value()), now);
    } catch (MalformedEventException e) {
      if (buriesMalformed) {
        deadLetters.bury(record, e.reason(), String.valueOf(e.getMessage()));
      }
      return Taken.SETTLED;
    }
  }

  private Taken take(ConsumerRecord<byte[], byte[]> record, Alert alert, Instant now) {
    Pending waiting = backlog.find(alert.episode());
    if (waiting != null) {
      backlog.change(waiting, () -> waiting.join(record, alert, now));
      return Taken.WAITS;
    }
    Delivery before = deliveries.find(alert.episode(), receiver);
    Lead lead = lead(alert, before, now);
    if (lead == null) {
      return Taken.SETTLED;
    }
    backlog.add(new Pending(backlog.nextSequence(), record, alert, lead, before, now));
    return Taken.WAITS;
  }

  /** Who was told of a firing is told that it is over, wherever the routes lead by then. */
  private @Nullable Lead lead(Alert alert, @Nullable Delivery before, Instant now) {
    if (before != null && before.settles(alert.status())) {
      return null;
    }
    Lead lead = routes.lead(alert, now, receiver);
    boolean opened = before != null && before.opened();
    return lead == null && opened && alert.status() == Status.RESOLVED ? Lead.PLAIN : lead;
  }
}
