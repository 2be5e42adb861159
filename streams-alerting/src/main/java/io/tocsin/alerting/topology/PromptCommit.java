package io.tocsin.alerting.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Has what somebody waits for committed at once, instead of at the next interval: nobody sees a
 * transition before. In a flood the intervals have to do, for every commit holds up the work.
 */
final class PromptCommit {

  private static final Duration LEAST = Duration.ofMillis(20);

  private final ProcessingContext context;
  private final Clock clock;
  private Instant last = Instant.MIN;

  PromptCommit(ProcessingContext context, Clock clock) {
    this.context = context;
    this.clock = clock;
  }

  /** What was just sent is waited for. */
  void ask() {
    Instant now = clock.instant();
    if (last.equals(Instant.MIN) || Duration.between(last, now).compareTo(LEAST) >= 0) {
      last = now;
      context.commit();
    }
  }
}
