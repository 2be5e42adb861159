package io.tocsin.agent;

import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.publish.PublisherStatus;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.agent.source.file.FileSource;
import io.tocsin.agent.source.host.HostSource;
import io.tocsin.agent.source.http.HttpSource;
import io.tocsin.agent.source.journal.JournalSource;
import io.tocsin.agent.source.probe.ProbeSource;
import io.tocsin.agent.source.serial.SerialSource;
import io.tocsin.agent.source.stdin.StdinSource;
import io.tocsin.agent.spool.LossEvents;
import io.tocsin.agent.spool.Spool;
import io.tocsin.agent.spool.SpoolOptions;
import io.tocsin.agent.spool.SpoolSink;
import io.tocsin.agent.transform.RedactSettings;
import io.tocsin.agent.transform.Transform;
import io.tocsin.agent.transform.TransformedSink;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agent as a service: sources that can be read again go straight to the broker, all others
 * through the spool.
 */
public final class AgentService implements Service {

  /**
   * What may be on its way to the broker, unacknowledged, in bytes. With more of it the collector
   * of a 48 MB heap copies it into the old generation, and empties that over and over.
   */
  private static final int FILE_BYTES = 2 << 20;

  private static final int SPOOL_BYTES = 4 << 20;

  /** How long a close goes on sending what was read, and without any acknowledgement. */
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private static final Duration FLUSH_IDLE = Duration.ofSeconds(1);

  private final Origin origin;
  private final @Nullable HttpServer http;
  private final Clock clock;
  private final Metrics metrics;
  private final Spool spool;
  private final Publisher publisher;
  private final SpoolPump pump;
  private final Budget fileBudget = new Budget(FILE_BYTES);
  private final RunningSources sources;
  private final Declarations declarations;
  private AgentFile file;
  private boolean closed;

  /**
   * An agent that is not started. Its spool is open already.
   *
   * @throws UserError when the data folder cannot be used, or another agent uses it
   */
  public AgentService(AgentFile file, KafkaSettings kafka, Metrics metrics, Clock clock) {
    this(file, kafka, null, metrics, clock);
  }

  /**
   * The same in a process that has an HTTP server, for sources without a port of their own.
   *
   * @param http stays open when the agent is closed
   */
  public AgentService(
      AgentFile file,
      KafkaSettings kafka,
      @Nullable HttpServer http,
      Metrics metrics,
      Clock clock) {
    this.http = http;
    this.origin = new Origin(file.agent().agentName(), AgentSettings.hostName());
    this.clock = clock;
    this.metrics = metrics;
    this.spool = openSpool(file.agent());
    this.publisher = new Publisher(kafka, clock, metrics);
    this.pump = new SpoolPump(spool, publisher.open(new Budget(SPOOL_BYTES), spool.acknowledged()));
    this.file = file;
    this.declarations = new Declarations(sink(AgentFile.RESERVED, SpoolSink.Mode.PASSING), clock);
    this.sources = new RunningSources(opener(file), this::settle);
    try {
      sources.open(file.sources());
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
    metrics.gauge("tocsin_agent_spool_bytes", "bytes of the spool", spool::bytes);
    metrics.gauge("tocsin_agent_spool_records", "records not acknowledged yet", spool::depth);
  }

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public void start() {
    publisher.start();
    pump.start();
    declarations.start();
    sources.start();
  }

  /**
   * Takes a new file while running. Sources that it leaves as they are go on without a pause;
   * others are closed, or opened. What is under way stays under way.
   *
   * @throws UserError when the file asks for what needs a restart, or one of its sources cannot be
   *     opened; everything is then as it was before
   */
  public synchronized Reload reload(AgentFile fresh) {
    if (closed) {
      throw new UserError("the agent is being stopped", "start it again: it then reads the file");
    }
    file.requireSameAgent(fresh);
    Reload reload = sources.change(fresh.sources(), opener(fresh), !file.treatsAlike(fresh));
    file = fresh;
    return reload;
  }

  @Override
  public Readiness readiness() {
    PublisherStatus status = publisher.status();
    return status.connected() ? Readiness.ok() : Readiness.waitingFor(status.detail());
  }

  @Override
  public boolean isAlive() {
    return pump.isAlive();
  }

  /** How it fares at this moment. Cheap; from any thread. */
  public AgentStatus status() {
    Map<String, SourceStatus> each = new LinkedHashMap<>();
    sources.all().forEach(source -> each.put(source.name(), source.status()));
    PublisherStatus broker = publisher.status();
    return new AgentStatus(
        each.values().stream().mapToLong(SourceStatus::records).sum(),
        publisher.published(),
        spool.depth(),
        spool.bytes(),
        broker.connected(),
        broker.detail(),
        each);
  }

  /** Whether no source will ever read more. What they read may still be on its way. */
  public boolean isEnded() {
    return sources.all().stream().allMatch(Source::isEnded);
  }

  /**
   * Stops reading, sends what was read for up to five seconds, or one in which the broker
   * acknowledges nothing, and keeps the rest: about three seconds when the broker is away.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    RunningSources.closeAll(sources.all());
    declarations.close();
    flush();
    pump.close();
    publisher.close();
    pump.acknowledge();
    sources.all().forEach(Source::saveProgress);
    spool.close();
  }

  private void flush() {
    waitWhile(() -> spool.depth() > 0 || publisher.isBusy());
  }

  /** What is not acknowledged by then is read, and sent, again under the same ids. */
  private void settle(List<Source> closed) {
    closed.forEach(source -> declarations.end(source.name()));
    waitWhile(() -> !closed.stream().allMatch(Source::isSettled));
  }

  private void waitWhile(BooleanSupplier underWay) {
    long began = System.nanoTime();
    long movedAt = began;
    long published = publisher.published();
    try {
      while (underWay.getAsBoolean()
          && publisher.status().connected()
          && System.nanoTime() - began < FLUSH.toNanos()
          && System.nanoTime() - movedAt < FLUSH_IDLE.toNanos()) {
        Thread.sleep(10);
        if (published != publisher.published()) {
          published = publisher.published();
          movedAt = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Spool openSpool(AgentSettings settings) {
    return Spool.open(
        SpoolOptions.in(settings.data().resolve("spool"), settings.spoolMax().bytes()),
        loss -> LossEvents.of(loss, origin, AgentFile.RESERVED, clock),
        clock,
        metrics);
  }

  private static Path checkpoints(Path data) {
    Path directory = data.resolve("checkpoints");
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UserError(
          "the folder " + directory + " cannot be made: " + e.getMessage(),
          "make agent.data a folder that this user may write to");
    }
  }

  private Function<SourceConfig, Source> opener(AgentFile from) {
    return config ->
        open(config, transform(config, from.redact()), checkpoints(from.agent().data()));
  }

  private Transform transform(SourceConfig config, @Nullable RedactSettings redact) {
    return declarations.of(
        config.sourceName(), config.transform(), redact, config.canWait(), metrics);
  }

  private Source open(SourceConfig config, Transform transform, Path checkpoints) {
    return switch (config) {
      case SourceConfig.Serial it ->
          new SerialSource(
              it.config(), sink(it, transform, SpoolSink.Mode.PASSING), clock, metrics);
      case SourceConfig.Files it ->
          new FileSource(
              it.config(), origin, checkpoints, publisher, fileBudget, transform, clock, metrics);
      case SourceConfig.Http it ->
          new HttpSource(
              it.config(), sink(it, transform, SpoolSink.Mode.CONFIRMED), http, clock, metrics);
      case SourceConfig.Journal it ->
          new JournalSource(
              it.config(), origin, checkpoints, publisher, fileBudget, transform, clock, metrics);
      case SourceConfig.Stdin it ->
          new StdinSource(
              it.config(), System.in, sink(it, transform, SpoolSink.Mode.PATIENT), clock, metrics);
      case SourceConfig.Probe it ->
          new ProbeSource(it.config(), sink(it, transform, SpoolSink.Mode.PASSING), clock, metrics);
      case SourceConfig.Host it ->
          new HostSource(
              it.config(), origin.host(), sink(it, transform, SpoolSink.Mode.PASSING), clock);
    };
  }

  private TransformedSink sink(SourceConfig config, Transform transform, SpoolSink.Mode mode) {
    return new TransformedSink(sink(config.sourceName(), mode), transform);
  }

  private SpoolSink sink(String source, SpoolSink.Mode mode) {
    return new SpoolSink(spool, origin, source, mode, metrics);
  }
}
