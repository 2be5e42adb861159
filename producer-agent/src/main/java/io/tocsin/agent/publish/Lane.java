package io.tocsin.agent.publish;

import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ordered stream of records to the broker. What was handed in stays here until the broker has
 * acknowledged it, so a lost connection costs its owner nothing.
 *
 * <p>One thread sends; every other method is safe from any.
 */
public final class Lane implements AutoCloseable {

  /** A longer key is cut: it only says which partition the record goes to. */
  private static final int MAX_KEY = 1024;

  private final Publisher publisher;
  private final Budget budget;
  private final Deque<InFlight> window = new ArrayDeque<>();

  /** The service of the last record and its key: most records of a lane have the same. */
  private String service = "";

  private byte[] serviceKey = new byte[0];

  private volatile long acknowledged;
  private volatile boolean retired;

  Lane(Publisher publisher, Budget budget, long start) {
    this.publisher = publisher;
    this.budget = budget;
    this.acknowledged = start;
  }

  /**
   * Sends a record after those before it.
   *
   * @param resume where the owner would go on after this record; what {@link #acknowledged} gives
   *     once it and all before it are acknowledged
   * @param patience how long to wait for room
   * @return false when there was no room: nothing was taken
   */
  public boolean send(String topic, byte[] key, byte[] value, long resume, Duration patience)
      throws InterruptedException {
    if (!budget.take(InFlight.cost(key, value), patience)) {
      return false;
    }
    InFlight record = new InFlight(this, topic, key, value, resume);
    publisher.send(record, this::enqueue);
    return true;
  }

  /** The same for a log event, under its service. */
  public boolean send(LogEvent event, long resume, Duration patience) throws InterruptedException {
    return send(event.service(), EventCodec.encode(event), resume, patience);
  }

  /** The same for the bytes of a log event of this service. */
  public boolean send(String of, byte[] event, long resume, Duration patience)
      throws InterruptedException {
    return send(Topics.LOGS, key(of), event, resume, patience);
  }

  private byte[] key(String of) {
    if (!of.equals(service)) {
      byte[] key = of.getBytes(StandardCharsets.UTF_8);
      // What an event says its service is may be of any length: no broker takes a key like that.
      serviceKey = key.length <= MAX_KEY ? key : Arrays.copyOf(key, MAX_KEY);
      service = of;
    }
    return serviceKey;
  }

  /** Says that there is nothing to send up to {@code resume}: blank lines, dropped records. */
  public void skipTo(long resume) {
    synchronized (window) {
      @Nullable InFlight last = window.peekLast();
      if (last == null) {
        acknowledged = resume;
      } else {
        last.resume(resume);
      }
    }
  }

  /** How far everything is with the broker, or with the dead letters. Only grows. */
  public long acknowledged() {
    return acknowledged;
  }

  /** Whether nothing is under way. */
  public boolean isIdle() {
    synchronized (window) {
      return window.isEmpty();
    }
  }

  /** Takes the lane out; records under way are not sent again if the connection breaks. */
  @Override
  public void close() {
    publisher.forget(this);
  }

  /** Takes the lane out once nothing is under way any more; nothing must be sent after it. */
  public void retire() {
    retired = true;
    if (isIdle()) {
      publisher.remove(this);
    }
  }

  /** Gives back what a lane held that was taken out with records under way. */
  void abandon() {
    synchronized (window) {
      window.forEach(record -> budget.giveBack(record.cost()));
      window.clear();
    }
  }

  List<InFlight> unsettled() {
    synchronized (window) {
      return window.stream().filter(record -> !record.isSettled()).toList();
    }
  }

  void completed(InFlight record, @Nullable Exception exception) {
    publisher.completed(record, exception);
  }

  /** Something else went wrong than the record itself. */
  void failed(Exception exception) {
    publisher.failed(exception);
  }

  /** The record is with the broker or with the dead letters. */
  void settle(InFlight record) {
    int freed = 0;
    synchronized (window) {
      record.settle();
      @Nullable InFlight first = window.peekFirst();
      while (first != null && first.isSettled()) {
        window.removeFirst();
        acknowledged = first.resume();
        freed += first.cost();
        first = window.peekFirst();
      }
    }
    if (freed > 0) {
      budget.giveBack(freed);
    }
    if (retired && isIdle()) {
      publisher.remove(this);
    }
  }

  private void enqueue(InFlight record) {
    synchronized (window) {
      window.addLast(record);
    }
  }
}
