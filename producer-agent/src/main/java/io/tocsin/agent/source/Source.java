package io.tocsin.agent.source;

/** One thing the agent reads. Started once, closed once; {@link #status} from any thread. */
public interface Source extends AutoCloseable {

  /** Unique within the agent; the source part of every record's id. No slash. */
  String name();

  /** Begins to read in the background and returns. Trouble that time may heal shows in status. */
  void start();

  /** How it fares at this moment. Cheap. */
  SourceStatus status();

  /** Whether there will never be more, and all there was is with the sink; most never end. */
  default boolean isEnded() {
    return false;
  }

  /** Stops reading within about two seconds; what was read is with the sink by then. */
  @Override
  void close();

  /** Whether all that was read is with the broker or in the spool. After the close only. */
  default boolean isSettled() {
    return true;
  }

  /**
   * Saves how far everything is with the broker. Once, after the close and what was still sent
   * after it; sources whose records lie in the spool have nothing to save.
   */
  default void saveProgress() {}
}
