package io.tocsin.console.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One client's share of the feed: a bounded queue. Whoever reads too slowly loses the oldest events
 * and is told how many. One thread reads; any thread may offer or close.
 */
public final class Subscription implements AutoCloseable {

  private static final LiveEvent END = new LiveEvent("end", new byte[0]);

  private final BlockingQueue<LiveEvent> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final LongConsumer onDrop;
  private final Consumer<Subscription> onClose;
  private volatile boolean ended;

  Subscription(int capacity, LongConsumer onDrop, Consumer<Subscription> onClose) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.onDrop = onDrop;
    this.onClose = onClose;
  }

  void offer(LiveEvent event) {
    while (!queue.offer(event)) {
      if (queue.poll() != null) {
        dropped.incrementAndGet();
        onDrop.accept(1);
      }
    }
  }

  /** Lets the reader run out: {@link #ended} will be true at its next look. */
  void end() {
    ended = true;
    offer(END);
  }

  /**
   * The next event; empty when there was none for that long, or when the feed has ended. After
   * losses, first an event of type {@code dropped} with their count.
   */
  public Optional<LiveEvent> next(Duration wait) throws InterruptedException {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      String json = "{\"count\":" + lost + "}";
      return Optional.of(new LiveEvent("dropped", json.getBytes(StandardCharsets.UTF_8)));
    }
    LiveEvent event = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.ofNullable(event).filter(one -> !one.type().equals(END.type()));
  }

  /** Whether nothing will come any more. */
  public boolean ended() {
    return ended;
  }

  /** Leaves the feed. A second call does nothing. */
  @Override
  public void close() {
    ended = true;
    onClose.accept(this);
  }
}
