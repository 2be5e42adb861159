package io.tocsin.bootstrap.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the process fares, by the protocol of {@code sd_notify(3)}; does nothing in a
 * process that systemd did not start with {@code Type=notify}. For one thread.
 */
public final class Systemd {

  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

  /** As {@code sd_watchdog_enabled(3)} advises: twice within the time. */
  private static final int SIGNS_OF_LIFE = 2;

  private final @Nullable String address;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private @Nullable NotifySocket socket;
  private boolean broken;
  private long aliveAt;
  private String status = "";

  Systemd(Map<String, String> environment, LongSupplier nanoTime) {
    this.address = environment.get("NOTIFY_SOCKET");
    this.everyNanos = watchdog(environment).dividedBy(SIGNS_OF_LIFE).toNanos();
    this.nanoTime = nanoTime;
    this.aliveAt = nanoTime.getAsLong() - everyNanos;
  }

  /** As this process's environment has it. */
  public static Systemd ofThisProcess() {
    return new Systemd(System.getenv(), System::nanoTime);
  }

  /** The process does its work from now on, or again after {@link #reloading}. */
  public void ready() {
    tell("READY=1");
  }

  /** It takes a new configuration; {@link #ready} follows. */
  public void reloading() {
    tell("RELOADING=1");
  }

  /** It is stopping. */
  public void stopping() {
    tell("STOPPING=1");
  }

  /** What {@code systemctl status} shows; told when it is another than before. */
  public void status(String text) {
    String line = text.lines().findFirst().orElse("");
    if (!line.equals(status)) {
      status = line;
      tell("STATUS=" + line);
    }
  }

  /** A sign of life, passed on as often as the unit's {@code WatchdogSec} wants it. */
  public void alive() {
    long now = nanoTime.getAsLong();
    if (everyNanos > 0 && now - aliveAt >= everyNanos) {
      aliveAt = now;
      tell("WATCHDOG=1");
    }
  }

  private void tell(String message) {
    if (address == null || broken) {
      return;
    }
    try {
      if (socket == null) {
        socket = NotifySocket.to(address);
      }
      socket.send(message);
    } catch (IOException | UnsupportedOperationException e) {
      broken = true; // a service that cannot tell is restarted by its watchdog, and says why here
      LOG.atWarn().addKeyValue("socket", address).setCause(e).log("systemd cannot be told");
    }
  }

  private static Duration watchdog(Map<String, String> environment) {
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return Duration.ofNanos(Math.max(0, micros) * 1_000);
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
