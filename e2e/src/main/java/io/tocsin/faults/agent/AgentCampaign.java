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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults agent}. */
@Command(
    name = "agent",
    description = {
      "Breaks the agent, its broker, its disk, its clock and its spool while logs grow, rotate and"
          + " events are sent.",
      "The faults come in any order, each before one comes again: kill -9 of the agent, broker"
          + " away, kill -9 while it is away, kill -9 of the broker, disk full, clock stepped by an"
          + " hour, spool cut, spool bit-flipped; each ends with a kill -9 of the agent. The spool"
          + " is small, so an absence fills it. At the end every line and every event that was"
          + " answered with 202 must be on the topic, under one id; what damage to the spool cost"
          + " must have been declared.",
      "A full disk needs the right to mount a file system (root), a stepped clock a C compiler;"
          + " what cannot be is left out, and said."
    },
    mixinStandardHelpOptions = true)
public final class AgentCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @Option(names = "--rounds", defaultValue = "24", description = "how many faults (default: 24)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "2000", description = "events a second (default: 2000)")
  private int rate;

  @Option(
      names = "--away",
      defaultValue = "60",
      description = "for how many seconds the broker is away (default: 60)")
  private int away;

  @Option(
      names = "--only",
      split = ",",
      description = "just these faults: ${COMPLETION-CANDIDATES} (default: all)")
  private List<Fault> only = List.of(Fault.values());

  private final Arrivals arrivals = new Arrivals();

  @Override
  protected boolean run(Path folder) throws Exception {
    Set<Fault> faults = EnumSet.copyOf(only);
    @Nullable SteppedClock clock = faults.contains(Fault.CLOCK_STEPPED) ? clock(folder) : null;
    if (clock == null) {
      faults.remove(Fault.CLOCK_STEPPED);
    }
    // What an agent cannot do without its disk, it must not do only because the disk is small.
    try (SmallDisk disk = faults.contains(Fault.DISK_FULL) ? disk(folder) : null) {
      if (disk == null) {
        faults.remove(Fault.DISK_FULL);
      }
      return run(folder, List.copyOf(faults), disk, clock);
    }
  }

  private boolean run(
      Path folder, List<Fault> faults, @Nullable SmallDisk disk, @Nullable SteppedClock clock)
      throws IOException, InterruptedException, MalformedEventException {
    int port = FreePort.find();
    URI ingest = URI.create("http://127.0.0.1:" + port + "/logs/ingest");
    Random random = new Random(seed());
    tell("seed " + seed() + ", " + rounds + " faults, " + rate + " events a second, in " + folder);
    try (ServerProcess broker = ServerProcess.kafka(folder.resolve("kafka"), Map.of());
        AgentLoad load = new AgentLoad(folder, ingest, rate, seed(), Clock.systemUTC())) {
      TopicAdmin.applyDefaults(KafkaSettings.of(broker.address()));
      AgentStage stage =
          new AgentStage(folder, broker, port, Duration.ofSeconds(away), random, disk, clock);
      Deck deck = new Deck(faults, random);
      load.start();
      for (int round = 1; round <= rounds; round++) {
        Fault fault = deck.draw();
        stage.strike(fault);
        arrivals.read(broker.address());
        tell("round " + round + ": " + fault + ", " + arrivals.events() + " events arrived so far");
      }
      load.close();
      AgentVerdict verdict = new AgentVerdict(arrivals, load, stage);
      try (PlatformProcess ignored = stage.agent()) {
        settle(broker, verdict);
      }
      verdict.lines().forEach(this::tell);
      return verdict.isGood();
    }
  }

  private @Nullable SmallDisk disk(Path folder) throws InterruptedException {
    try {
      return SmallDisk.mount(folder.resolve("data"));
    } catch (IOException e) {
      tell("a full disk is left out, it needs root: " + e.getMessage());
      return null;
    }
  }

  private @Nullable SteppedClock clock(Path folder) throws InterruptedException {
    try {
      return SteppedClock.make(folder, Clock.systemUTC());
    } catch (IOException e) {
      tell("a stepped clock is left out, it needs Linux and a C compiler: " + e.getMessage());
      return null;
    }
  }

  /** Waits until nothing more comes. */
  private void settle(ServerProcess broker, AgentVerdict verdict)
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
      long quiet = System.nanoTime() - quietSince;
      if (quiet > Duration.ofSeconds(verdict.missingLines() == 0 ? 5 : 60).toNanos()) {
        return;
      }
      Thread.sleep(1_000);
    }
  }
}
