package io.tocsin.agent.publish;

import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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

  /** Room is given back in pieces: to wake who waits for it for each record would cost too much. */
  private static final int PIECE = 32 << 10;

  private final Publisher publisher;
  private final Budget budget;

  /** What was not handed to the connection yet, and is the lock of what follows. */
  private final Deque<InFlight> waiting = new ArrayDeque<>();

  /** What was handed to the connection, from the first record that is not settled. */
  private final Deque<InFlight> window = new ArrayDeque<>();

  /** Bytes of settled records that were not given back yet; none while nothing is under way. */
  private int owed;

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
    synchronized (waiting) {
      waiting.addLast(record);
    }
    publisher.wake();
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
    synchronized (waiting) {
      @Nullable InFlight last = waiting.isEmpty() ? window.peekLast() : waiting.peekLast();
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
    synchronized (waiting) {
      return window.isEmpty() && waiting.isEmpty();
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
    int freed;
    synchronized (waiting) {
      waiting.forEach(record -> owed += record.cost());
      window.forEach(record -> owed += record.cost());
      waiting.clear();
      window.clear();
      freed = freed();
    }
    giveBack(freed);
  }

  /** Begins anew with the first record that is not settled, for a new connection. */
  void rewind() {
    int freed;
    synchronized (waiting) {
      while (!window.isEmpty()) {
        waiting.addFirst(window.removeLast());
      }
      freed = freed();
    }
    giveBack(freed);
  }

  /** Whether there are records that were not handed to the connection. */
  boolean isWaiting() {
    synchronized (waiting) {
      return !waiting.isEmpty();
    }
  }

  /** Takes the next records to hand to the connection, as many as there are and fit. */
  int take(@Nullable InFlight[] into) {
    int count = 0;
    int freed;
    synchronized (waiting) {
      while (count < into.length && !waiting.isEmpty()) {
        InFlight record = waiting.removeFirst();
        window.addLast(record);
        if (!record.isSettled()) {
          into[count++] = record;
        }
      }
      pass();
      freed = freed();
    }
    giveBack(freed);
    return count;
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
    int freed;
    synchronized (waiting) {
      record.settle();
      pass();
      freed = freed();
    }
    giveBack(freed);
    if (retired && isIdle()) {
      publisher.remove(this);
    }
  }

  /** Passes what is settled. Under the lock. */
  private void pass() {
    @Nullable InFlight first = window.peekFirst();
    while (first != null && first.isSettled()) {
      window.removeFirst();
      acknowledged = first.resume();
      owed += first.cost();
      first = window.peekFirst();
    }
  }

  /** How much room to give back now. Under the lock. */
  private int freed() {
    if (owed < PIECE && !window.isEmpty()) {
      return 0;
    }
    int freed = owed;
    owed = 0;
    return freed;
  }

  private void giveBack(int freed) {
    if (freed > 0) {
      budget.giveBack(freed);
    }
  }
}
