package io.tocsin.alerting.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Has what somebody waits for committed at once, instead of at the next interval: nobody sees a
 * transition before.
 *
 * <p>Every commit holds up the work. So one is asked for at most once in 20 ms, and only for what
 * is fresh: a backlog is worked off in whole intervals, and so is what a slow cluster, for which
 * every commit takes long, lets pile up.
 */
final class PromptCommit {

  private static final Duration LEAST = Duration.ofMillis(20);
  private static final Duration FRESH = Duration.ofMillis(500);

  private final ProcessingContext context;
  private final Clock clock;
  private Instant allowed = Instant.MIN;

  PromptCommit(ProcessingContext context, Clock clock) {
    this.context = context;
    this.clock = clock;
  }

  /** Something was sent that came of a record appended at this time, or of a timer due then. */
  void ask(Instant appendedAt) {
    Instant now = clock.instant();
    if (!now.isBefore(allowed) && appendedAt.plus(FRESH).isAfter(now)) {
      allowed = now.plus(LEAST);
      context.commit();
    }
  }
}
