package io.tocsin.alerting.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a task when its next timer is due, and not before: every punctuation makes Kafka Streams
 * commit a transaction, so a steady tick would keep an idle broker busy.
 */
final class Alarm {

  private static final Duration LEAST = Duration.ofMillis(1);

  private final ProcessingContext context;
  private final Clock clock;
  private final Runnable ring;
  private @Nullable Cancellable scheduled;
  private Instant due = Instant.MAX;

  Alarm(ProcessingContext context, Clock clock, Runnable ring) {
    this.context = context;
    this.clock = clock;
    this.ring = ring;
  }

  /** Rings at this time, or earlier when it is set for earlier already; never at the last one. */
  void setFor(Instant time) {
    if (time.equals(Instant.MAX) || (scheduled != null && !time.isBefore(due))) {
      return;
    }
    stop();
    Duration wait = Duration.between(clock.instant(), time);
    due = time;
    scheduled =
        context.schedule(
            wait.compareTo(LEAST) < 0 ? LEAST : wait,
            PunctuationType.WALL_CLOCK_TIME,
            timestamp -> {
              stop();
              ring.run();
            });
  }

  private void stop() {
    if (scheduled != null) {
      scheduled.cancel();
      scheduled = null;
    }
    due = Instant.MAX;
  }
}
