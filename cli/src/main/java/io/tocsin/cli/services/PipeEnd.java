package io.tocsin.cli.services;

import io.tocsin.agent.AgentService;
import java.time.Duration;

/**
 * When an agent on a pipe is done: the input has ended, and the broker has everything or is not to
 * be reached for a while; the rest stays in the spool. For one thread.
 */
final class PipeEnd {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AgentService agent;
  private long endedAt;
  private boolean ended;

  PipeEnd(AgentService agent) {
    this.agent = agent;
  }

  boolean isReached() {
    if (!ended && agent.isEnded()) {
      ended = true;
      endedAt = System.nanoTime();
    }
    return ended
        && (agent.status().spoolRecords() == 0 || System.nanoTime() - endedAt > PATIENCE.toNanos());
  }
}
