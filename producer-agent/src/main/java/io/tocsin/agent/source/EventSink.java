package io.tocsin.agent.source;

import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;

/**
 * Where a source that cannot be read again puts what it read. Drafts carry no host, source or id:
 * the sink adds them. Thread-safe; what one thread hands in keeps its order.
 *
 * <p>A draft is on the disk when {@code accept} returns or, for a source that has nobody to answer
 * to, within {@value #MAX_LAG_MILLIS} ms of it. The call waits while the spool cannot take more;
 * {@link InterruptedException} means that the draft was not taken.
 */
public interface EventSink {

  /** The longest that an accepted draft may stay in memory only, in milliseconds. */
  int MAX_LAG_MILLIS = 10;

  /** Takes a log event without host, source and id. */
  void accept(LogEvent draft) throws InterruptedException;

  /** Takes a measurement without host and id. */
  void accept(Telemetry draft) throws InterruptedException;
}
