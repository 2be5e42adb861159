package io.tocsin.agent.source.serial;

import io.tocsin.agent.source.Backoff;
import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.bootstrap.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one device on a serial port, for ever: frames become telemetry and log events, the port's
 * comings and goings become log events of the device's service.
 *
 * <p>One platform thread a port (a native read would pin a virtual one). While the port is away the
 * thread looks for it four times a second, so a device is read again within a second of its return;
 * a port that is there but will not open is tried with growing pauses. Thread-safe.
 */
public final class SerialSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(SerialSource.class);

  /** A read takes half a second at most and the port's close a second. */
  private static final Duration ORDERLY_END = Duration.ofMillis(1800);

  private static final Duration FORCED_END = Duration.ofMillis(300);

  private final String device;
  private final PortSession session;
  private final Thread thread;

  /**
   * Ready to {@link #start}.
   *
   * @param sink takes what the device says; may block
   * @param clock gives the time at which a frame's last byte was read
   */
  public SerialSource(SerialConfig config, EventSink sink, Clock clock, Metrics metrics) {
    this(
        config, sink, clock, metrics, new NativePorts(config), PortLocator.BY_ID, System::nanoTime);
  }

  SerialSource(
      SerialConfig config,
      EventSink sink,
      Clock clock,
      Metrics metrics,
      SerialLink.Opener opener,
      Path byId,
      LongSupplier nanoTime) {
    this.device = config.device();
    this.session =
        new PortSession(
            config,
            new DeviceLog(config, sink),
            new PortLocator(config, byId),
            opener,
            new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
            new SerialMetrics(metrics, config.device()),
            clock,
            nanoTime);
    this.thread =
        Thread.ofPlatform().daemon().name("serial-" + device).unstarted(session::runUntilClosed);
  }

  @Override
  public String name() {
    return device;
  }

  @Override
  public void start() {
    thread.start();
    OpenSources.add(this);
  }

  @Override
  public SourceStatus status() {
    return session.status();
  }

  @Override
  public void close() {
    session.close();
    try {
      if (!ended(ORDERLY_END)) {
        thread.interrupt(); // it waits for a sink that takes nothing
        if (!ended(FORCED_END)) {
          LOG.atWarn()
              .addKeyValue("device", device)
              .log("A serial reader hangs and is left behind");
        }
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    } finally {
      OpenSources.remove(this);
    }
  }

  private boolean ended(Duration within) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(within);
  }
}
