package io.tocsin.faults;

import io.tocsin.event.MalformedEventException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class AgentCampaign implements Callable<Integer> {

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

  @Option(names = "--seed", defaultValue = "1", description = "of the moments (default: 1)")
  private long seed;

  @Option(names = "--rounds", defaultValue = "24", description = "how many faults (default: 24)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "2000", description = "events a second (default: 2000)")
  private int rate;

  @Option(
      names = "--away",
      defaultValue = "60",
      description = "for how many seconds the broker is away (default: 60)")
  private int away;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Arrivals arrivals = new Arrivals();
  private long destroyed;

  @Override
  public Integer call() throws IOException, InterruptedException, MalformedEventException {
    Path folder = Files.createTempDirectory("tocsin-faults");
    int port = freePort();
    URI ingest = URI.create("http://127.0.0.1:" + port + "/logs/ingest");
    Random random = new Random(seed);
    tell("seed " + seed + ", " + rounds + " faults, " + rate + " events a second, in " + folder);
    boolean good;
    try (LoneBroker broker = LoneBroker.start(folder.resolve("kafka"));
        AgentLoad load = new AgentLoad(folder, ingest, rate, seed, Clock.systemUTC())) {
      Path config = Files.writeString(folder.resolve("agent.yaml"), config(folder, broker, port));
      load.start();
      for (int round = 1; round <= rounds; round++) {
        Fault fault = Fault.values()[(round - 1) % Fault.values().length];
        strike(
            fault, broker, config, new SpoolDamage(folder.resolve("data/spool"), random), random);
        arrivals.read(broker.bootstrapServers());
        tell("round " + round + ": " + fault + ", " + arrivals.events() + " events arrived so far");
      }
      load.close();
      try (PlatformProcess ignored = agent(config)) {
        settle(broker, load);
      }
      good = report(load);
    }
    if (good) {
      delete(folder);
    }
    return good ? 0 : 1;
  }

  private void strike(
      Fault fault, LoneBroker broker, Path config, SpoolDamage damage, Random random)
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
  private void settle(LoneBroker broker, AgentLoad load)
      throws InterruptedException, MalformedEventException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long quietSince = System.nanoTime();
    int before = -1;
    while (System.nanoTime() < end) {
      arrivals.read(broker.bootstrapServers());
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
    tell(good ? "nothing was lost, nothing was doubled" : "that is not what was promised");
    return good;
  }

  private long missingLines(String source, AgentLoad load) {
    return IntStream.range(0, load.lines()).filter(n -> !arrivals.has(source, n)).count();
  }

  private static String config(Path folder, LoneBroker broker, int port) {
    return """
    agent: { name: edge-01, data: %1$s/data, spool-max: 8MiB }
    sources:
      - file: { paths: ["%1$s/renamed.log"], service: load, name: renamed, format: json }
      - file: { paths: ["%1$s/cut.log"], service: load, name: cut, format: json }
      - http: { name: sent, port: %2$d, service: load }
    kafka: { bootstrap-servers: "%3$s" }
    """
        .formatted(folder, port, broker.bootstrapServers());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
