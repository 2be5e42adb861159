package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Delivery.State;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with what one receiver will never be told: kept whole, recorded, and announced. */
final class GiveUps {

  private static final Logger LOG = LoggerFactory.getLogger(GiveUps.class);

  private final String receiver;
  private final DeadLetters deadLetters;
  private final Deliveries deliveries;
  private final Announcements announcements;
  private final NotifierMetrics metrics;
  private final Clock clock;

  GiveUps(
      String receiver,
      DeadLetters deadLetters,
      Deliveries deliveries,
      Announcements announcements,
      NotifierMetrics metrics,
      Clock clock) {
    this.receiver = receiver;
    this.deadLetters = deadLetters;
    this.deliveries = deliveries;
    this.announcements = announcements;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Gives up on all of these; returns when the dead letters and the delivery log have them.
   *
   * @param detail for people; no secret
   */
  void giveUp(List<Pending> all, State state, Reason reason, String detail)
      throws InterruptedException {
    for (Pending pending : all) {
      LOG.atError()
          .addKeyValue("receiver", receiver)
          .addKeyValue("rule", pending.alert().rule())
          .addKeyValue("episode", pending.alert().episode())
          .addKeyValue("reason", reason.label())
          .addKeyValue("detail", detail)
          .log("notification given up");
      for (ConsumerRecord<byte[], byte[]> record : pending.records()) {
        deadLetters.bury(record, reason.label(), receiver + ": " + detail);
      }
      deliveries.record(pending.delivery(receiver, state, clock.instant(), reason.label(), null));
      metrics.gaveUp(receiver, reason);
    }
    announcements.gaveUp(receiver, all, reason, detail);
  }
}
