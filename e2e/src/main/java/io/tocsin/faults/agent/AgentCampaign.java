package io.tocsin.faults.agent;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.stage.Campaign;
import io.tocsin.faults.stage.FreePort;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.ServerProcess;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults agent}. */
@Command(
    name = "agent",
    description = {
      "Breaks the agent, its broker and its spool while logs grow, rotate and events are sent.",
      "The faults take turns: kill -9 of the agent, broker away, kill -9 while it is away, kill -9"
          + " of the broker, spool cut, spool bit-flipped. The spool is small, so an absence fills"
          + " it. At the end every line and every event that was answered with 202 must be on the"
          + " topic, under one id; what damage to the spool cost must have been declared."
    },
    mixinStandardHelpOptions = true)
public final class AgentCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /** In this order, again and again. */
  private enum Fault {
    KILL,
    BROKER_AWAY,
    KILL_WHILE_AWAY,
    BROKER_KILLED,
    SPOOL_CUT,
    SPOOL_FLIPPED
  }

  @Option(names = "--rounds", defaultValue = "24", description = "how many faults (default: 24)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "2000", description = "events a second (default: 2000)")
  private int rate;

  @Option(
      names = "--away",
      defaultValue = "60",
      description = "for how many seconds the broker is away (default: 60)")
  private int away;

  private final Arrivals arrivals = new Arrivals();
  private long destroyed;

  @Override
  protected boolean run(Path folder)
      throws IOException, InterruptedException, MalformedEventException {
    int port = FreePort.find();
    URI ingest = URI.create("http://127.0.0.1:" + port + "/logs/ingest");
    Random random = new Random(seed());
    tell("seed " + seed() + ", " + rounds + " faults, " + rate + " events a second, in " + folder);
    try (ServerProcess broker = ServerProcess.kafka(folder.resolve("kafka"), Map.of());
        AgentLoad load = new AgentLoad(folder, ingest, rate, seed(), Clock.systemUTC())) {
      Path config = Files.writeString(folder.resolve("agent.yaml"), config(folder, broker, port));
      TopicAdmin.applyDefaults(KafkaSettings.of(broker.address()));
      load.start();
      for (int round = 1; round <= rounds; round++) {
        Fault fault = Fault.values()[(round - 1) % Fault.values().length];
        strike(
            fault, broker, config, new SpoolDamage(folder.resolve("data/spool"), random), random);
        arrivals.read(broker.address());
        tell("round " + round + ": " + fault + ", " + arrivals.events() + " events arrived so far");
      }
      load.close();
      try (PlatformProcess ignored = agent(config)) {
        settle(broker, load);
      }
      return report(load);
    }
  }

  private void strike(
      Fault fault, ServerProcess broker, Path config, SpoolDamage damage, Random random)
      throws IOException, InterruptedException {
    try (PlatformProcess agent = agent(config).awaitPrinted("running")) {
      Thread.sleep(random.nextLong(2_000, 10_000));
      switch (fault) {
        case KILL -> agent.kill();
        case BROKER_AWAY -> {
          broker.stop();
          Thread.sleep(Duration.ofSeconds(away));
          broker.restart();
          Thread.sleep(random.nextLong(1_000, 5_000));
        }
        case KILL_WHILE_AWAY -> {
          broker.stop();
          Thread.sleep(random.nextLong(1_000, 5_000));
          agent.kill();
          broker.restart();
        }
        case BROKER_KILLED -> {
          broker.kill();
          broker.restart();
          Thread.sleep(random.nextLong(1_000, 5_000));
        }
        case SPOOL_CUT, SPOOL_FLIPPED -> {
          broker.stop();
          Thread.sleep(random.nextLong(2_000, 5_000));
          agent.kill();
          destroyed += fault == Fault.SPOOL_CUT ? damage.cut() : damage.flip();
          broker.restart();
        }
      }
      agent.kill();
    }
  }

  private static PlatformProcess agent(Path config) throws IOException {
    return PlatformProcess.run(
        config, "agent", "run", "--config", config.toString(), "--ops-port", "0");
  }

  /** Waits until nothing more comes. */
  private void settle(ServerProcess broker, AgentLoad load)
      throws InterruptedException, MalformedEventException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long quietSince = System.nanoTime();
    int before = -1;
    while (System.nanoTime() < end) {
      arrivals.read(broker.address());
      if (arrivals.events() != before) {
        before = arrivals.events();
        quietSince = System.nanoTime();
      }
      boolean complete =
          missingLines(AgentLoad.RENAMED, load) + missingLines(AgentLoad.CUT, load) == 0;
      long quiet = System.nanoTime() - quietSince;
      if (quiet > Duration.ofSeconds(complete ? 5 : 60).toNanos()) {
        return;
      }
      Thread.sleep(1_000);
    }
  }

  private boolean report(AgentLoad load) {
    BitSet accepted = load.accepted();
    long renamed = missingLines(AgentLoad.RENAMED, load);
    long cut = missingLines(AgentLoad.CUT, load);
    long sent = accepted.stream().filter(n -> !arrivals.has(AgentLoad.SENT, n)).count();
    tell(
        2L * load.lines()
            + " lines ("
            + load.rotations()
            + " rotations): "
            + renamed
            + " of the renamed log are missing, "
            + cut
            + " of the cut one");
    tell(
        accepted.cardinality()
            + " events answered with 202: "
            + sent
            + " are missing; damage to"
            + " the spool destroyed "
            + destroyed
            + ", "
            + arrivals.declaredLosses()
            + " losses were declared");
    tell(
        arrivals.again()
            + " records came again under the same id; wrong ids: "
            + arrivals.wrongIds().size());
    boolean good =
        renamed + cut == 0
            && sent <= destroyed
            && (sent == 0 || arrivals.declaredLosses() > 0)
            && arrivals.wrongIds().isEmpty();
    return good;
  }

  private long missingLines(String source, AgentLoad load) {
    return IntStream.range(0, load.lines()).filter(n -> !arrivals.has(source, n)).count();
  }

  private static String config(Path folder, ServerProcess broker, int port) {
    return """
    agent: { name: edge-01, data: %1$s/data, spool-max: 8MiB }
    sources:
      - file: { paths: ["%1$s/renamed.log"], service: load, name: renamed, format: json }
      - file: { paths: ["%1$s/cut.log"], service: load, name: cut, format: json }
      - http: { name: sent, port: %2$d, service: load }
    kafka: { bootstrap-servers: "%3$s" }
    """
        .formatted(folder, port, broker.address());
  }
}
