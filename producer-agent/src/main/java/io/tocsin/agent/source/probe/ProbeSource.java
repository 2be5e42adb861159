package io.tocsin.agent.source.probe;

import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.Rounds;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.bootstrap.Metrics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks at one target again and again: telemetry of kind {@code probe} each time, a log event when
 * it stops or begins to answer.
 *
 * <p>Two platform threads a probe: one for the time, one for the check at hand. A check that hangs
 * or throws is a failed check and holds up nothing else. Thread-safe.
 */
public final class ProbeSource implements Source {

  private final ProbeConfig config;
  private final Checker checker;
  private final ProbeLog log;
  private final Clock clock;
  private final Rounds rounds;
  private final LongAdder told = new LongAdder();
  private volatile SourceStatus status;

  /**
   * Ready to {@link #start}.
   *
   * @param sink takes the findings; may block
   * @param clock gives the time at which a check began, and by which certificates are judged
   */
  public ProbeSource(ProbeConfig config, EventSink sink, Clock clock, Metrics metrics) {
    this(config, sink, clock, metrics, Tls.trusting(null, clock), System::nanoTime);
  }

  ProbeSource(
      ProbeConfig config,
      EventSink sink,
      Clock clock,
      Metrics metrics,
      Tls tls,
      LongSupplier nanoTime) {
    this.config = config;
    this.checker = new Checker(config.name(), config.timeout(), checks(config, tls, nanoTime));
    this.log = new ProbeLog(config, sink, metrics);
    this.clock = clock;
    this.rounds = new Rounds("probe-" + config.name(), config.every(), this::checkOnce, nanoTime);
    this.status = new SourceStatus(true, config.target() + ", not looked at yet", 0);
  }

  private static Supplier<Check> checks(ProbeConfig config, Tls tls, LongSupplier nanoTime) {
    Duration timeout = config.timeout();
    URI url = config.url();
    if (url != null) {
      return () -> new HttpCheck(url, config.status(), timeout, tls, nanoTime);
    }
    Address tcp = config.tcp();
    if (tcp != null) {
      return () -> new TcpCheck(tcp, timeout, nanoTime);
    }
    Address redis = config.redis();
    if (redis != null) {
      return () -> new RedisCheck(redis, config.user(), config.password(), timeout, nanoTime);
    }
    List<String> command = Objects.requireNonNull(config.command());
    return () -> new CommandCheck(command, nanoTime);
  }

  /** One round, on the caller's thread. */
  void checkOnce() throws InterruptedException {
    Instant ts = clock.instant();
    Finding finding = checker.check();
    log.tell(ts, finding);
    told.increment();
    // The probe itself is well when it looks, whatever it sees.
    status = new SourceStatus(true, config.target() + ": " + finding.detail(), told.sum());
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public void start() {
    rounds.start();
  }

  @Override
  public SourceStatus status() {
    return status;
  }

  @Override
  public void close() {
    rounds.close();
  }
}
