package io.tocsin.cli.agent;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.OpsRoutes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin-agent rehearse}: a few seconds of an agent's life with a broker that forgets, so
 * that the JVM sees which classes it needs and can keep them for the next start.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Runs the agent for a moment on made-up sources, for its start-up cache.",
    mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {

  private static final long MOMENT_MILLIS = 4_000;
  private static final long PATIENCE_MILLIS = 60_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tocsin-rehearsal");
    try (HttpServer http = HttpServer.listen("127.0.0.1", 0);
        RehearsalBroker broker = RehearsalBroker.open()) {
      AgentFile file = ConfigReader.read("rehearsal", sources(folder), AgentFile.class);
      Metrics metrics = new Metrics();
      try (AgentService agent =
          new AgentService(file, broker.settings(), http, metrics, Clock.systemUTC())) {
        OpsRoutes.addTo(http, metrics, () -> List.of(agent));
        agent.start();
        post(http.uri().resolve("/logs/ingest"));
        Thread.sleep(MOMENT_MILLIS);
        awaitPublished(agent);
        get(http.uri().resolve("/readyz"));
        get(http.uri().resolve("/metrics"));
      }
    } finally {
      delete(folder);
    }
    spec.commandLine().getOut().println("rehearsed; the cache is written as this ends");
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static void awaitPublished(AgentService agent) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (agent.status().recordsPublished() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no record was sent: " + agent.status().broker());
      }
      Thread.sleep(100);
    }
  }

  private static String sources(Path folder) throws IOException {
    Path log = folder.resolve("api.log");
    String line =
        "{\"timestamp\":\"2026-01-15T10:00:00.123\",\"level\":\"INFO\",\"message\":\"m\",\"n\":1}\n";
    Files.writeString(log, line.repeat(200));
    return """
    agent: { name: rehearsal, data: %1$s/data }
    sources:
      - file: { paths: ["%2$s"], service: api, format: json, fields: { ts: timestamp } }
      - file: { paths: ["%2$s"], service: text, format: text }
      - http: { service: web }
      - host: { every: 1s }
      - probe: { name: probe, service: api, tcp: "127.0.0.1:1", every: 1s }
      - serial:
          device: charger
          service: charger
          port: %1$s/ttyNONE
          framing: { start: "<", end: ">" }
          parse: tagged-pairs
    """
        .formatted(folder, log);
  }

  private static void post(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setDoOutput(true);
    connection
        .getOutputStream()
        .write("{\"level\":\"ERROR\",\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8));
    var _ = connection.getResponseCode();
    connection.disconnect();
  }

  private static void get(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    var _ = connection.getResponseCode();
    connection.disconnect();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
