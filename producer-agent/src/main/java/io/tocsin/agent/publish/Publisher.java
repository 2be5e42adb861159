package io.tocsin.agent.publish;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to Kafka until they are acknowledged. Thread-safe.
 *
 * <p>A record that the broker will never take goes to the dead letters. Whatever else goes wrong is
 * taken to be passing: the connection is made anew, with a growing pause, and every record that was
 * not acknowledged is sent again in the order of its lane. Senders wait once their {@link Budget}
 * is used up, never for the network itself.
 */
public final class Publisher implements AutoCloseable {

  private static final Set<Class<? extends Exception>> REFUSALS =
      Set.of(
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          InvalidRecordException.class);

  /** Records handed over in one go, before a new connection may come in between. */
  private static final int HANDFUL = 128;

  private final Connector connector;
  private final PublisherLog log;
  private final Sender sender = new Sender(this::handOver, this::isWaiting);
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();

  /**
   * Held for reading while records are handed over; for writing while a new connection begins anew
   * with what the lanes hold: so nothing overtakes and nothing is left out.
   */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  /** Records on their way from a lane to the connection. For the sender's thread alone. */
  private final @Nullable InFlight[] handful = new InFlight[HANDFUL];

  /** Null while there is no connection. Guarded by the gate. */
  private @Nullable Producer<byte[], byte[]> producer;

  /** The connection threw when it was handed a record: it gets no more. Guarded by the gate. */
  private boolean failed;

  /** A publisher that is not started: records gather in their lanes. */
  public Publisher(KafkaSettings kafka, Clock clock, Metrics metrics) {
    this.log = new PublisherLog(metrics);
    this.connector = new Connector(this, new Connection(kafka), new DeadLetters(clock, log), log);
  }

  /** Begins to connect, in the background. */
  public void start() {
    connector.start();
    sender.start();
  }

  /**
   * Opens a lane.
   *
   * @param budget shared with the lanes that may hold each other up
   * @param start what {@link Lane#acknowledged} gives before the first acknowledgement
   */
  public Lane open(Budget budget, long start) {
    Lane lane = new Lane(this, budget, start);
    lanes.add(lane);
    return lane;
  }

  /** Records acknowledged by the broker so far. */
  public long published() {
    return log.publishedRecords();
  }

  /** Whether records reach the broker; for people when they do not. */
  public PublisherStatus status() {
    return connector.status();
  }

  /** Closes at once, or within two seconds. What is under way was not acknowledged. */
  @Override
  public void close() {
    sender.close();
    connector.close();
  }

  /** There is a record in a lane. */
  void wake() {
    sender.wake();
  }

  /** Makes a new connection the one that sends; first what the lanes hold, in order. */
  void connected(Producer<byte[], byte[]> fresh) {
    gate.writeLock().lock();
    try {
      lanes.forEach(Lane::rewind);
      producer = fresh;
      failed = false;
    } finally {
      gate.writeLock().unlock();
    }
    sender.wake();
  }

  void disconnected() {
    gate.writeLock().lock();
    try {
      producer = null;
    } finally {
      gate.writeLock().unlock();
    }
  }

  void completed(InFlight record, @Nullable Exception exception) {
    if (exception == null) {
      log.published(record.topic());
      connector.acknowledged();
      record.lane().settle(record);
    } else if (REFUSALS.contains(exception.getClass())) {
      record.refuse(exception);
      connector.refused(record);
    } else {
      connector.failed(exception);
    }
  }

  void failed(Exception exception) {
    connector.failed(exception);
  }

  /** Whether any record waits for its acknowledgement. */
  public boolean isBusy() {
    return lanes.stream().anyMatch(lane -> !lane.isIdle());
  }

  /** For a lane that is idle: there is nothing of it that a new connection could send. */
  void remove(Lane lane) {
    lanes.remove(lane);
  }

  void forget(Lane lane) {
    gate.writeLock().lock();
    try {
      lanes.remove(lane);
      lane.abandon();
    } finally {
      gate.writeLock().unlock();
    }
  }

  private boolean handOver() {
    boolean any = false;
    for (Lane lane : lanes) {
      any |= handOver(lane);
    }
    return any;
  }

  private boolean handOver(Lane lane) {
    gate.readLock().lock();
    try {
      @Nullable Producer<byte[], byte[]> to = producer;
      int count = to == null || failed ? 0 : lane.take(handful);
      for (int i = 0; i < count; i++) {
        @Nullable InFlight record = handful[i];
        handful[i] = null;
        if (to != null && record != null && !failed) {
          hand(to, record);
        }
      }
      return count > 0;
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Whether there is something to hand over. */
  private boolean isWaiting() {
    gate.readLock().lock();
    try {
      return producer != null && !failed && lanes.stream().anyMatch(Lane::isWaiting);
    } finally {
      gate.readLock().unlock();
    }
  }

  private void hand(Producer<byte[], byte[]> to, InFlight record) {
    if (record.isRefused()) {
      connector.refused(record);
      return;
    }
    try {
      var _ = to.send(new ProducerRecord<>(record.topic(), record.key(), record.value()), record);
    } catch (RuntimeException e) {
      // It is in its lane: whatever it is, the next connection sends it again, and what follows it.
      failed = true;
      connector.failed(e);
    }
  }
}
