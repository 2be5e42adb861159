package io.tocsin.faults.agent;

import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A broker, what an agent stands on, and what is done to them. For one thread. */
final class AgentStage {

  private final Path folder;
  private final ServerProcess broker;
  private final int port;
  private final Duration away;
  private final Random random;
  private final @Nullable SmallDisk disk;
  private final @Nullable SteppedClock clock;
  private final SpoolDamage damage;
  private final Path config;
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private long kills;
  private long destroyed;

  /**
   * Nothing runs but the broker.
   *
   * @param disk holds the agent's data; null for the disk that everything is on
   * @param clock null for the machine's
   */
  AgentStage(
      Path folder,
      ServerProcess broker,
      int port,
      Duration away,
      Random random,
      @Nullable SmallDisk disk,
      @Nullable SteppedClock clock)
      throws IOException {
    this.folder = folder;
    this.broker = broker;
    this.port = port;
    this.away = away;
    this.random = random;
    this.disk = disk;
    this.clock = clock;
    this.damage = new SpoolDamage(folder.resolve("data/spool"), random);
    this.config = Files.writeString(folder.resolve("agent.yaml"), config());
  }

  /** Starts the agent, lets it work, strikes, lets it work on where it can, and kills it. */
  void strike(Fault fault) throws IOException, InterruptedException {
    try (PlatformProcess agent = agent()) {
      pause(2_000, 10_000);
      switch (fault) {
        case KILL -> {
          // as every round ends
        }
        case BROKER_AWAY -> {
          broker.stop();
          Thread.sleep(away);
          broker.restart();
          pause(1_000, 5_000);
        }
        case KILL_WHILE_AWAY -> {
          broker.stop();
          pause(1_000, 5_000);
          kill(agent);
          broker.restart();
        }
        case BROKER_KILLED -> {
          broker.kill();
          broker.restart();
          pause(1_000, 5_000);
        }
        case DISK_FULL -> fillDisk(agent);
        case CLOCK_STEPPED -> {
          if (clock != null) {
            clock.step(random.nextBoolean());
          }
          pause(3_000, 8_000);
        }
        case SPOOL_CUT, SPOOL_FLIPPED -> damage(agent, fault);
      }
      kill(agent);
    }
    struck.merge(fault, 1, Integer::sum);
  }

  private void fillDisk(PlatformProcess agent) throws IOException, InterruptedException {
    if (disk == null) {
      return;
    }
    disk.fill();
    pause(4_000, 10_000);
    if (random.nextBoolean()) {
      kill(agent);
      try (PlatformProcess another = agent()) { // it must start without any room
        pause(2_000, 5_000);
        disk.free();
        pause(2_000, 5_000);
        kill(another);
      }
    } else {
      disk.free();
      pause(2_000, 5_000);
    }
  }

  private void damage(PlatformProcess agent, Fault fault) throws IOException, InterruptedException {
    broker.stop();
    pause(2_000, 5_000);
    kill(agent);
    destroyed += fault == Fault.SPOOL_CUT ? damage.cut() : damage.flip();
    broker.restart();
  }

  /** An agent that runs. */
  PlatformProcess agent() throws IOException, InterruptedException {
    return PlatformProcess.run(
            clock == null ? Map.of() : clock.environment(),
            "agent",
            "run",
            "--config",
            config.toString(),
            "--ops-port",
            "0")
        .awaitPrinted("running");
  }

  /** How often each fault was there. */
  Map<Fault, Integer> struck() {
    return struck;
  }

  /** How often an agent was killed. */
  long kills() {
    return kills;
  }

  /** Records of the spool that the blows to its files cost. */
  long destroyed() {
    return destroyed;
  }

  private void kill(PlatformProcess agent) throws InterruptedException {
    if (agent.isAlive()) {
      agent.kill();
      kills++;
    }
  }

  private void pause(long atLeastMillis, long belowMillis) throws InterruptedException {
    Thread.sleep(random.nextLong(atLeastMillis, belowMillis));
  }

  private String config() {
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
