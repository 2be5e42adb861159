package io.tocsin.alerting;

import io.tocsin.alerting.topology.AlertingTopology;
import io.tocsin.alerting.topology.ReadProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves how far the input has been read, by comparing what the group has committed with where the
 * topics ended a moment before. Works only while somebody waits for a proof.
 *
 * <p>A proof has two steps. First the group must have committed the input up to the ends it had at
 * the moment in question; from then on, all that those records sent on stands on the re-keyed
 * topic. Then it must have committed that topic up to its end, too.
 *
 * <p>Offsets alone do not tell whether the input is read: a transaction's end takes an offset, and
 * one behind the last record may stay uncommitted after a restart. So what stays open while nothing
 * more is committed of it is looked at. A backlog is not: that it is read shows by its commits, and
 * each look is a consumer of its own.
 */
final class InputProgress implements ReadProgress, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InputProgress.class);
  private static final long LOOK_AGAIN_MS = 20;
  private static final long LOOK_AGAIN_MOST_MS = 250;
  private static final long AFTER_TROUBLE_MS = 1000;
  private static final int LOOKS_BEFORE_READING = 10;

  private final Supplier<Offsets> connect;
  private final AlertingTopology.Inputs topics;
  private final Clock clock;
  private final Thread thread;
  private final Object demands = new Object();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Instant readUpTo = Instant.EPOCH;
  private volatile Instant wanted = Instant.EPOCH;

  InputProgress(Supplier<Offsets> connect, AlertingTopology.Inputs topics, Clock clock) {
    this.connect = connect;
    this.topics = topics;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("alerting-progress").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public Instant readUpTo() {
    return readUpTo;
  }

  @Override
  public void demand(Instant due) {
    if (due.isAfter(wanted)) {
      synchronized (demands) {
        wanted = due.isAfter(wanted) ? due : wanted;
        demands.notifyAll();
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!isClosed()) {
        proveOnDemand();
        pause(AFTER_TROUBLE_MS);
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.atDebug().log("reading progress no longer watched"); // only close interrupts
    }
  }

  private void proveOnDemand() throws InterruptedException {
    try (Offsets offsets = connect.get()) {
      while (awaitDemand()) {
        prove(offsets);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // Nothing moves without proof until the cluster answers again.
      LOG.atDebug().setCause(e).log("reading progress unknown");
    }
  }

  /** Proves that all is read that was there when this was called. */
  private void prove(Offsets offsets) throws InterruptedException {
    Instant moment = clock.instant();
    if (reached(offsets, List.of(topics.logs(), topics.telemetry()))
        && reached(offsets, List.of(topics.rekeyed()))) {
      readUpTo = moment;
    }
  }

  private boolean reached(Offsets offsets, Collection<String> names) throws InterruptedException {
    Map<TopicPartition, Long> ends = offsets.ends(names);
    Map<TopicPartition, Long> before = offsets.committed();
    for (int looks = 1; !isClosed(); looks++) {
      Map<TopicPartition, Long> committed = looks == 1 ? before : offsets.committed();
      ends.entrySet().removeIf(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
      if (looks % LOOKS_BEFORE_READING == 0) {
        Map<TopicPartition, Long> then = before;
        ends.entrySet()
            .removeIf(
                end ->
                    Objects.equals(then.get(end.getKey()), committed.get(end.getKey()))
                        && !offsets.holdsRecord(
                            end.getKey(),
                            committed.getOrDefault(end.getKey(), 0L),
                            end.getValue()));
        before = committed;
      }
      if (ends.isEmpty()) {
        return true;
      }
      // A backlog takes longer, and to look often would slow it down.
      pause(Math.min(looks * LOOK_AGAIN_MS / 2 + LOOK_AGAIN_MS / 2, LOOK_AGAIN_MOST_MS));
    }
    return false;
  }

  private boolean awaitDemand() throws InterruptedException {
    synchronized (demands) {
      while (!isClosed() && !wanted.isAfter(readUpTo)) {
        demands.wait();
      }
    }
    return !isClosed();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause(long millis) throws InterruptedException {
    boolean ignored = closed.await(millis, TimeUnit.MILLISECONDS);
  }
}
