package io.tocsin.agent.source.serial;

import io.tocsin.agent.parse.frame.Framer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads an open port until it is gone. For one thread. */
final class Connection {

  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int READ_BYTES = 4096;

  private final Framer framer;
  private final FrameDelivery delivery;
  private final RejectionReport rejections;
  private final @Nullable Poller poller;
  private final PortLocator locator;
  private final SerialMetrics metrics;
  private final Tally tally;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final byte[] buffer = new byte[READ_BYTES];

  static Connection of(
      SerialConfig config,
      DeviceLog log,
      PortLocator locator,
      SerialMetrics metrics,
      Tally tally,
      Clock clock,
      LongSupplier nanoTime) {
    StateSettings states = config.states();
    PollSettings poll = config.poll();
    RejectionReport rejections = new RejectionReport(log, nanoTime);
    FrameDelivery delivery =
        new FrameDelivery(
            config.parse().parser(),
            log,
            states == null ? null : new StateWatch(states, log),
            config.keepNoise() ? new NoiseLog(log, nanoTime, metrics) : null,
            rejections,
            metrics,
            tally);
    return new Connection(
        config.framing().framer(delivery),
        delivery,
        rejections,
        poll == null ? null : new Poller(poll, nanoTime, metrics),
        locator,
        metrics,
        tally,
        clock,
        nanoTime);
  }

  private Connection(
      Framer framer,
      FrameDelivery delivery,
      RejectionReport rejections,
      @Nullable Poller poller,
      PortLocator locator,
      SerialMetrics metrics,
      Tally tally,
      Clock clock,
      LongSupplier nanoTime) {
    this.framer = framer;
    this.delivery = delivery;
    this.rejections = rejections;
    this.poller = poller;
    this.locator = locator;
    this.metrics = metrics;
    this.tally = tally;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads until the port is gone or nobody wants more.
   *
   * @return why it ended
   */
  String read(SerialLink link, Path node, BooleanSupplier wanted) throws InterruptedException {
    if (poller != null) {
      poller.restart();
    }
    long lookedAt = nanoTime.getAsLong();
    long heardAt = lookedAt;
    while (wanted.getAsBoolean()) {
      if (poller != null) {
        poller.pollWhenDue(link);
      }
      int count = link.read(buffer);
      long now = nanoTime.getAsLong();
      if (count < 0) {
        return "unplugged";
      } else if (count > 0) {
        heardAt = now;
        take(count);
      } else if (now - heardAt >= SILENCE.toNanos()) {
        heardAt = now;
        framer.idle();
      }
      if (now - lookedAt >= BETWEEN_LOOKS.toNanos()) {
        lookedAt = now;
        rejections.tellWhenDue(clock.instant());
        if (!locator.stillAt(node)) {
          return "vanished";
        }
      }
    }
    return "closed";
  }

  private void take(int count) throws InterruptedException {
    metrics.read(count);
    tally.bytes += count;
    delivery.readAt(clock.instant());
    framer.accept(buffer, count);
  }

  /** The port is gone: what was half read is no frame. */
  void end() throws InterruptedException {
    framer.reset();
    rejections.tell(clock.instant());
  }
}
