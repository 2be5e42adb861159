package io.tocsin.agent.source.serial;

import io.tocsin.agent.source.Backoff;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.source.serial.PortLocator.Sighting;
import io.tocsin.agent.source.serial.SerialLink.Opening;
import io.tocsin.event.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a reader: look for the port, open it, read it until it is gone, look again. */
final class PortSession {

  private static final Logger LOG = LoggerFactory.getLogger(PortSession.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** A connection that ends sooner was none: the next attempt waits. */
  private static final Duration SHORTEST_CONNECTION = Duration.ofSeconds(1);

  private final DeviceLog log;
  private final PortLocator locator;
  private final SerialLink.Opener opener;
  private final Backoff backoff;
  private final SerialMetrics metrics;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Tally tally = new Tally();
  private final Connection connection;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile boolean healthy;
  private volatile String detail = "not started";

  /** What was last told of the port, so that it is told once. */
  private String told = "";

  PortSession(
      SerialConfig config,
      DeviceLog log,
      PortLocator locator,
      SerialLink.Opener opener,
      Backoff backoff,
      SerialMetrics metrics,
      Clock clock,
      LongSupplier nanoTime) {
    this.log = log;
    this.locator = locator;
    this.opener = opener;
    this.backoff = backoff;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.connection = Connection.of(config, log, locator, metrics, tally, clock, nanoTime);
  }

  SourceStatus status() {
    return new SourceStatus(healthy, detail, log.records());
  }

  void close() {
    closed.countDown();
  }

  void runUntilClosed() {
    while (!isClosed()) {
      try {
        run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // Whatever it is, a device that is not read until the agent restarts would be worse.
        status(false, "failed: " + e);
        LOG.atError().addKeyValue("device", log.device()).setCause(e).log("Serial reader failed");
        pause(backoff.next());
      }
    }
  }

  private void run() throws InterruptedException {
    while (!isClosed()) {
      Optional<Sighting> sighting = locator.look();
      if (sighting.isEmpty()) {
        absent();
      } else {
        attempt(sighting.get());
      }
    }
  }

  private void absent() throws InterruptedException {
    backoff.reset();
    status(false, "waiting for " + log.port());
    if (told.isEmpty()) {
      tell(
          "absent",
          Level.WARNING,
          "serial_disconnected",
          log.device() + ": " + log.port() + " is not there",
          Map.of("reason", "not_found"));
    }
    pause(BETWEEN_LOOKS);
  }

  private void attempt(Sighting sighting) throws InterruptedException {
    switch (opener.open(sighting.node())) {
      case Opening.Opened opened -> {
        OpenSources.closeBeforePorts();
        connected(opened.link(), sighting.node());
      }
      case Opening.Vanished ignored -> pause(BETWEEN_LOOKS);
      case Opening.Busy busy -> {
        status(false, log.port() + " is busy: " + busy.detail());
        tellOnce(Level.WARNING, "serial_busy", busy.detail(), "");
        pauseWhileSame(sighting);
      }
      case Opening.Refused refused -> {
        status(false, log.port() + " is refused: " + refused.detail());
        tellOnce(Level.ERROR, "serial_refused", refused.detail(), refused.remedy());
        pauseWhileSame(sighting);
      }
    }
  }

  private void connected(SerialLink link, Path node) throws InterruptedException {
    long since = nanoTime.getAsLong();
    String reason = "failed";
    tally.clear();
    try {
      metrics.connected();
      locator.remember(node);
      status(true, "reading " + log.port());
      tell(
          "connected",
          Level.INFO,
          "serial_connected",
          log.device() + " is read on " + log.port(),
          Map.of("node", node.toString()));
      reason = connection.read(link, node, () -> !isClosed());
    } finally {
      link.close();
    }
    connection.end();
    if (!isClosed()) {
      Duration lasted = Duration.ofNanos(nanoTime.getAsLong() - since);
      disconnected(node, reason, lasted);
    }
  }

  private void disconnected(Path node, String reason, Duration lasted) throws InterruptedException {
    status(false, log.port() + " " + reason);
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("node", node.toString());
    meta.put("reason", reason);
    meta.put("connected_ms", lasted.toMillis());
    tally.addTo(meta);
    tell(
        "disconnected",
        Level.WARNING,
        "serial_disconnected",
        log.device() + ": " + log.port() + " " + reason,
        meta);
    if (lasted.compareTo(SHORTEST_CONNECTION) >= 0 || tally.bytes > 0) {
      backoff.reset();
    } else {
      locator.look().ifPresent(this::pauseWhileSame);
    }
  }

  private void tellOnce(Level level, String event, String detail, String remedy)
      throws InterruptedException {
    String what = event + " " + detail;
    if (!told.equals(what)) {
      Map<String, Object> meta = new LinkedHashMap<>();
      meta.put("reason", detail);
      if (!remedy.isEmpty()) {
        meta.put("remedy", remedy);
      }
      tell(what, level, event, log.device() + ": " + log.port() + ": " + detail, meta);
    }
  }

  private void tell(String what, Level level, String event, String message, Map<String, ?> meta)
      throws InterruptedException {
    told = what;
    log.event(clock.instant(), level, event, message, meta);
  }

  /** Waits out the back-off, or until the port is gone, another, or another's. */
  private void pauseWhileSame(Sighting seen) {
    Duration pause = backoff.next();
    long until = nanoTime.getAsLong() + pause.toNanos();
    boolean same = true;
    while (same && !isClosed() && until - nanoTime.getAsLong() > 0) {
      pause(BETWEEN_LOOKS);
      same = locator.look().filter(seen::equals).isPresent();
    }
  }

  private void pause(Duration pause) {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  private void status(boolean isHealthy, String what) {
    healthy = isHealthy;
    detail = what;
  }
}
