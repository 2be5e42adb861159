package io.tocsin.agent.source.host;

import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.Rounds;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.source.host.Sample.Disk;
import io.tocsin.event.Telemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the machine and the programs to watch again and again: telemetry of kind {@code host},
 * for the machine with its name as device, for a program with {@code machine/program}.
 *
 * <p>One platform thread. What is counted by time (CPU, traffic) is there from the second
 * measurement on. Thread-safe.
 */
public final class HostSource implements Source {

  private static final String KIND = "host";

  private final HostConfig config;
  private final String host;
  private final EventSink sink;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Rounds rounds;
  private final Map<WatchedProcess, ProcessWatch> watches = new LinkedHashMap<>();
  private final LongAdder told = new LongAdder();
  private @Nullable Machine machine;
  private @Nullable Sample before;
  private volatile SourceStatus status = new SourceStatus(true, "not measured yet", 0);

  /**
   * Ready to {@link #start}.
   *
   * @param host this machine's name
   * @param sink takes the measurements; may block
   * @param clock gives the time of a measurement
   */
  public HostSource(HostConfig config, String host, EventSink sink, Clock clock) {
    this(config, host, sink, clock, System::nanoTime);
  }

  HostSource(HostConfig config, String host, EventSink sink, Clock clock, LongSupplier nanoTime) {
    this.config = config;
    this.host = host;
    this.sink = sink;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.rounds = new Rounds("host-" + config.name(), config.every(), this::measure, nanoTime);
    config.processes().forEach(process -> watches.put(process, new ProcessWatch()));
  }

  /** One round, on the caller's thread. */
  void measure() throws InterruptedException {
    if (machine == null) {
      machine = new Machine(nanoTime); // here: it loads native code, which takes its time
    }
    Instant ts = clock.instant();
    Sample now = machine.sample();
    tell(ts, config.service(), host, HostValues.of(before, now), disks(now));
    before = now;
    for (var each : watches.entrySet()) {
      WatchedProcess program = each.getKey();
      var found = machine.processes(program.command());
      tell(
          ts,
          program.serviceName(),
          host + "/" + program.name(),
          each.getValue().see(found, nanoTime.getAsLong()),
          Map.of("program", program.name()));
    }
    status = new SourceStatus(true, "every " + config.every().toSeconds() + " s", told.sum());
  }

  private void tell(
      Instant ts,
      String service,
      String device,
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> meta)
      throws InterruptedException {
    sink.accept(new Telemetry(ts, service, device, KIND, values, meta, null, null));
    told.increment();
  }

  /** All of them; the fullest stands among the values. */
  private static Map<String, @Nullable Object> disks(Sample now) {
    Map<String, @Nullable Object> disks = new LinkedHashMap<>();
    for (Disk disk : now.disks()) {
      disks.put(
          disk.mount(),
          Map.of("percent", HostValues.rounded(disk.percent()), "free_bytes", disk.free()));
    }
    return disks.isEmpty() ? Map.of() : Map.of("disks", disks);
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
