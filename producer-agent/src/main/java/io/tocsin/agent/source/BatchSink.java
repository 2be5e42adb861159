package io.tocsin.agent.source;

import io.tocsin.event.LogEvent;
import java.time.Duration;
import java.util.List;

/** Where a source puts events whose sender waits for an answer. Thread-safe. */
public interface BatchSink {

  /**
   * Takes all of these or none, and returns when they are on the disk.
   *
   * @param drafts log events without host, source and id
   * @param patience the longest wait for room and for the disk, each
   * @return false when they are not on the disk: the sender is to send them again later
   * @throws IllegalStateException when the agent is being closed
   */
  boolean acceptAll(List<LogEvent> drafts, Duration patience) throws InterruptedException;
}
