package io.tocsin.cli.up;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.alerting.AlertingConfig;
import io.tocsin.alerting.AlertingService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.StopSignal;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.OpsRoutes;
import io.tocsin.cli.demo.DemoWorld;
import io.tocsin.console.ConsoleConfig;
import io.tocsin.console.ConsoleService;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.IndexerService;
import io.tocsin.notifier.NotifierConfig;
import io.tocsin.notifier.NotifierService;
import io.tocsin.topics.TopicAdmin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of Tocsin in one process: starts each part when what it stands on answers, and stops them the
 * other way round.
 */
final class Platform implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration STATUS_LIVE = Duration.ofSeconds(1);
  private static final Duration STATUS_PLAIN = Duration.ofSeconds(10);

  private final UpOptions options;
  private final Terminal terminal;
  private final Clock clock;
  private final Metrics metrics = new Metrics();
  private final List<Service> services = new CopyOnWriteArrayList<>();
  private final Deque<Part> started = new ArrayDeque<>();
  private @Nullable StatusLine status;

  private record Part(String name, AutoCloseable closing) {}

  Platform(UpOptions options, Terminal terminal, Clock clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Starts everything and returns when it is ready, or when told to stop. */
  void start(StopSignal stop) throws InterruptedException {
    Instant begun = clock.instant();
    AgentFile agentFile = options.agent() == null ? null : read(options.agent());
    DataFolder data = opened("data", DataFolder.open(options.data()));
    Logs.to(data.path("logs"));
    HttpServer http = opened("http", HttpServer.listen("127.0.0.1", options.httpPort()));
    OpsRoutes.addTo(http, metrics, () -> services);

    terminal.line("Starting Kafka and OpenSearch on this machine …");
    KafkaSettings ownKafka = agentFile == null ? null : agentFile.kafka();
    Servers servers = opened("servers", Servers.start(data, options, ownKafka));
    terminal.line("Making the topics …");
    TopicAdmin.applyDefaults(servers.kafka());
    if (stop.isRequested()) {
      return;
    }

    terminal.line("Starting indexer, alerting, notifier and console …");
    DemoWorld demo =
        options.demo() ? opened("demo", DemoWorld.start(data.path("demo"), 1, clock)) : null;
    startServices(data, servers, http, demo, demo == null ? agentFile : read(demo.agentFile()));
    if (awaitReady(stop)) {
      greet(http, servers, Duration.between(begun, clock.instant()));
    }
  }

  /** Draws the status until told to stop. */
  void showStatusUntil(StopSignal stop) throws InterruptedException {
    Duration every = terminal.isLive() ? STATUS_LIVE : STATUS_PLAIN;
    while (!stop.await(every)) {
      if (status != null) {
        terminal.status(status.text());
      }
    }
  }

  /** Stops in order: sources first, then what carries, then what stores. */
  @Override
  public void close() {
    terminal.endStatus();
    terminal.line("Stopping; everything is kept in " + options.data().normalize() + " …");
    while (!started.isEmpty()) {
      close(started.pop());
    }
    terminal.line("Stopped.");
  }

  private static void close(Part part) {
    try {
      part.closing().close();
    } catch (Exception e) {
      // One part that will not stop must not keep the others from leaving their data whole.
      LOG.atError().addKeyValue("part", part.name()).setCause(e).log("part did not stop cleanly");
    }
  }

  /** They need each other for nothing, and each may take seconds. */
  private static void closeTogether(List<Part> parts) throws InterruptedException {
    List<Thread> closing =
        parts.stream()
            .map(part -> Thread.ofPlatform().name("stop-" + part.name()).start(() -> close(part)))
            .toList();
    for (Thread thread : closing) {
      thread.join();
    }
  }

  private void startServices(
      DataFolder data,
      Servers servers,
      HttpServer http,
      @Nullable DemoWorld demo,
      @Nullable AgentFile agentFile) {
    KafkaSettings kafka = servers.kafka();
    IndexerService indexer =
        new IndexerService(IndexerConfig.defaults(), kafka, servers.openSearch(), metrics, clock);
    AlertingService alerting =
        new AlertingService(alertingConfig(data, demo), kafka, metrics, clock);
    List<Part> carriers = new ArrayList<>();
    opened("carriers", () -> closeTogether(carriers));
    run(indexer, carriers::add);
    run(alerting, carriers::add);
    run(
        new NotifierService(
            options.notifier() == null
                ? NotifierConfig.byDefault(System::getenv)
                : ConfigReader.read(options.notifier(), NotifierConfig.class),
            kafka,
            metrics,
            clock,
            terminal::line),
        carriers::add);
    run(
        new ConsoleService(
            defaults(ConsoleConfig.class),
            kafka,
            servers.openSearch(),
            http,
            metrics,
            clock,
            () -> services),
        carriers::add);
    AgentService agent = null;
    if (agentFile != null) {
      agent = new AgentService(agentFile, kafka, http, metrics, clock);
      run(agent, started::push);
    }
    status = new StatusLine(agent, indexer, alerting);
  }

  private AlertingConfig alertingConfig(DataFolder data, @Nullable DemoWorld demo) {
    List<Path> rules =
        options.rules().isEmpty() && demo != null ? List.of(demo.rulesFile()) : options.rules();
    return AlertingConfig.in(data.path("alerting")).withRules(rules);
  }

  private boolean awaitReady(StopSignal stop) throws InterruptedException {
    while (!services.stream().allMatch(service -> service.readiness().ready())) {
      if (stop.await(LOOK)) {
        return false;
      }
    }
    return true;
  }

  private void greet(HttpServer http, Servers servers, Duration took) {
    terminal.line("");
    terminal.line("Tocsin is up after " + Math.round(took.toMillis() / 100.0) / 10.0 + " s:");
    terminal.line("  console     " + http.uri() + "/");
    terminal.line("  search API  " + http.uri() + "/logs/recent?level=ERROR&since=15m");
    terminal.line("  alerts      " + http.uri() + "/alerts");
    terminal.line("  metrics     " + http.uri() + "/metrics");
    terminal.line("  Kafka       " + servers.kafka().bootstrapServers());
    terminal.line("  OpenSearch  " + servers.openSearch().urls().getFirst());
    terminal.line("  data, logs  " + options.data().toAbsolutePath().normalize());
    terminal.line("Ctrl-C stops it. Alerts appear below.");
    terminal.line("");
  }

  private void run(Service service, Consumer<Part> stopping) {
    stopping.accept(new Part(service.name(), service));
    services.add(service);
    service.start();
  }

  private <T extends AutoCloseable> T opened(String name, T part) {
    started.push(new Part(name, part));
    return part;
  }

  private static AgentFile read(Path file) {
    return ConfigReader.read(file, AgentFile.class);
  }

  private static <T> T defaults(Class<T> type) {
    return ConfigReader.read("defaults", "{}", type);
  }
}
