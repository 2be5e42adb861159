package io.tocsin.cli.services;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.http.HttpServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent in the foreground until it is told to stop, or what is piped into it ends.
 *
 * @param host where its own HTTP server listens
 * @param port of it; 0 for any free one
 */
public record AgentRun(String host, int port, PrintWriter out, PrintWriter err) {

  /** Where the server listens when nothing else is said. */
  public static final String HOST = "127.0.0.1";

  /** And its port. */
  public static final int PORT = 8081;

  /**
   * Runs what a file says, and takes it anew on SIGHUP.
   *
   * @return the exit status
   * @throws UserError when it cannot be done like that
   */
  public int of(Path config) throws InterruptedException {
    AgentFile file = ConfigReader.read(config, AgentFile.class);
    return run(
        file,
        config,
        agent -> {
          AgentReload reload = new AgentReload(agent, config, out, err);
          return () -> {
            reload.look();
            return false;
          };
        });
  }

  /** Runs what is piped in, to its end. */
  int ofPipe(AgentFile file, @Nullable Path config) throws InterruptedException {
    return run(file, config, agent -> new PipeEnd(agent)::isReached);
  }

  private int run(
      AgentFile file, @Nullable Path config, Function<AgentService, BooleanSupplier> whetherDone)
      throws InterruptedException {
    KafkaSettings kafka = kafka(file, config);
    Metrics metrics = new Metrics();
    try (HttpServer http = HttpServer.listen(host, port)) {
      AgentService agent = new AgentService(file, kafka, http, metrics, Clock.systemUTC());
      return ServiceRunner.run(http, metrics, out, agent, whetherDone.apply(agent));
    }
  }

  private static KafkaSettings kafka(AgentFile file, @Nullable Path config) {
    if (file.kafka() != null) {
      return file.kafka();
    }
    if (config == null) {
      return KafkaSettings.of("127.0.0.1:9092"); // where tocsin up has it
    }
    throw new UserError(
        config + " names no Kafka cluster",
        "add to it: kafka: { bootstrap-servers: \"kafka:9092\" }");
  }
}
