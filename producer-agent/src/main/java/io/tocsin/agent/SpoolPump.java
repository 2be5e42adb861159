package io.tocsin.agent;

import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.spool.Spool;
import io.tocsin.agent.spool.SpoolEntry;
import io.tocsin.agent.spool.SpooledRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries records from the spool to the broker, and the broker's acknowledgements back. */
final class SpoolPump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolPump.class);
  private static final Duration PATIENCE = Duration.ofMillis(50);

  /** A record wakes the pump; all else can wait while there is none under way. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Spool spool;
  private final Lane lane;
  private final Thread thread = Thread.ofPlatform().name("spool-pump").unstarted(this::run);
  private volatile boolean closing;

  SpoolPump(Spool spool, Lane lane) {
    this.spool = spool;
    this.lane = lane;
  }

  void start() {
    thread.start();
  }

  /** Stops after the record at hand. What was sent may still be acknowledged. */
  @Override
  public void close() {
    closing = true;
    spool.reader().hurry();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether records of the spool are being sent, or would be. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Tells the spool how far everything is with the broker. */
  void acknowledge() {
    spool.acknowledge(lane.acknowledged());
  }

  private void run() {
    try {
      while (!closing) {
        try {
          pump();
        } catch (RuntimeException e) {
          // Whatever it is, a spool that is not sent until the agent restarts would be worse.
          LOG.atError().setCause(e).log("spool record not sent; the next one is tried");
          Thread.sleep(PATIENCE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump() throws InterruptedException {
    @Nullable SpoolEntry entry = spool.reader().next(spool.depth() == 0 ? IDLE : PATIENCE);
    if (entry != null) {
      send(entry);
    }
    acknowledge();
  }

  private void send(SpoolEntry entry) throws InterruptedException {
    long resume = entry.sequence() + 1;
    @Nullable SpooledRecord record = SpooledRecord.of(entry.payload());
    if (record == null) {
      // Written by a later version of the agent: its checksum is right, its kind is not known.
      LOG.atError().addKeyValue("sequence", entry.sequence()).log("spool record not understood");
      lane.skipTo(resume);
      return;
    }
    while (!lane.send(record.topic(), record.key(), record.value(), resume, PATIENCE)) {
      acknowledge();
      if (closing) {
        return;
      }
    }
  }
}
