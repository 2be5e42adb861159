package io.tocsin.agent.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Keeps the publisher connected, on a thread of its own. */
final class Connector {

  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /** Only a resolver of names that does not answer may hold the thread longer. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Between two looks at the connection when nobody wakes the thread. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Publisher publisher;
  private final Connection connection;
  private final DeadLetters deadLetters;
  private final PublisherLog log;
  private final Thread thread = Thread.ofPlatform().daemon().name("publisher").unstarted(this::run);

  /** Refused records; bounded by what the lanes may hold. */
  private final Queue<InFlight> refused = new ConcurrentLinkedQueue<>();

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean closing;
  private volatile String waitingFor = "not started";
  private volatile long acknowledgedAt = System.nanoTime();

  /** Since the thread last looked: to read the clock for each record would cost too much. */
  private volatile boolean acknowledged;

  /** Why the last connection was given up; empty once anything was acknowledged after it. */
  private volatile String lastFailure = "";

  Connector(Publisher publisher, Connection connection, DeadLetters deadLetters, PublisherLog log) {
    this.publisher = publisher;
    this.connection = connection;
    this.deadLetters = deadLetters;
    this.log = log;
  }

  void start() {
    thread.start();
  }

  /** Wakes the thread: the connection is to be made anew. */
  void failed(Exception exception) {
    failure.compareAndSet(null, exception);
    LockSupport.unpark(thread);
  }

  void refused(InFlight record) {
    refused.add(record);
    LockSupport.unpark(thread);
  }

  void acknowledged() {
    if (!acknowledged) {
      acknowledged = true;
    }
    if (!lastFailure.isEmpty()) {
      lastFailure = "";
    }
  }

  PublisherStatus status() {
    String reason = waitingFor;
    if (!reason.isEmpty()) {
      return new PublisherStatus(false, reason);
    }
    reason = lastFailure;
    if (!reason.isEmpty() && publisher.isBusy()) {
      return new PublisherStatus(false, reason);
    }
    boolean silent = System.nanoTime() - acknowledgedAt > SILENCE_NANOS && publisher.isBusy();
    return silent
        ? new PublisherStatus(false, "the broker acknowledges nothing")
        : new PublisherStatus(true, "connected to " + connection.servers());
  }

  void close() {
    closing = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(LONGEST_END)) {
        log.leftBehind();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closing) {
      try {
        connectAndServe();
        if (lastFailure.isEmpty()) {
          pause = FIRST_PAUSE_MILLIS; // it worked for a while
        }
        Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        // Only close() interrupts; the loop's condition ends it.
      }
    }
    waitingFor = "closed";
  }

  private void connectAndServe() throws InterruptedException {
    waitingFor = "connecting to " + connection.servers();
    log.connecting(connection.servers());
    try (Opened opened = new Opened(connection.open())) {
      awaitTopics(opened.producer());
      failure.set(null);
      refused.clear();
      publisher.connected(opened.producer());
      acknowledgedAt = System.nanoTime();
      waitingFor = "";
      log.connected(connection.servers());
      serve(opened.producer());
    } catch (KafkaException e) {
      broken(e);
      log.notConnected(reason(e));
    } catch (RuntimeException e) {
      // Whatever it is, records that stay where they are until the agent restarts would be worse.
      broken(e);
      log.failed(e);
    } finally {
      publisher.disconnected();
    }
  }

  private void awaitTopics(Producer<byte[], byte[]> producer) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        Connection.awaitTopics(producer);
        return;
      } catch (org.apache.kafka.common.errors.InterruptException e) {
        throw new InterruptedException();
      } catch (org.apache.kafka.common.errors.RetriableException e) {
        waitingFor = "the broker at " + connection.servers() + " and its topics";
        if (!told) {
          log.notConnected(reason(e));
          told = true;
        }
      }
      if (closing) {
        throw new InterruptedException();
      }
    }
  }

  /** Deals with refused records until the connection fails. */
  private void serve(Producer<byte[], byte[]> producer) throws InterruptedException {
    while (true) {
      @Nullable Exception exception = failure.get();
      if (exception != null) {
        boolean worked = lastFailure.isEmpty();
        broken(exception);
        if (worked) {
          log.failed(exception);
        } else {
          log.failedAgain(exception);
        }
        return;
      }
      if (acknowledged) {
        acknowledged = false;
        acknowledgedAt = System.nanoTime();
      }
      @Nullable InFlight record = refused.poll();
      if (record == null) {
        rest();
      } else {
        deadLetters.send(producer, record);
      }
    }
  }

  private static void rest() throws InterruptedException {
    LockSupport.parkNanos(LOOK_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void broken(Exception e) {
    lastFailure = reason(e);
    waitingFor = reason(e);
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** A producer that is closed at once: what it still held is in the lanes. */
  private record Opened(Producer<byte[], byte[]> producer) implements AutoCloseable {
    @Override
    public void close() {
      boolean interrupted = Thread.interrupted(); // else the client gives up half-way
      producer.close(Duration.ZERO);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
