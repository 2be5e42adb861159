package io.tocsin.faults.platform;

import io.tocsin.event.Alert;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.stage.Campaign;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.Stored;
import io.tocsin.faults.stage.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults platform}. */
@Command(
    name = "platform",
    description = {
      "Kills the whole platform while a log grows and rotates.",
      "Broker, agent, alerting, indexer and notifier die at once by kill -9 and start again; at the"
          + " end every line must be one document, every burst of five errors one firing and one"
          + " resolved, and no burst of four anything."
    },
    mixinStandardHelpOptions = true)
public final class PlatformCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private static final String RULES =
      """
      rules:
        - name: burst
          severity: high
          match: { service: api, level: ERROR }
          group-by: [meta.burst]
          count: 5
          within: 2m
          summary: "{value} errors in {within}"
      """;

  @Option(names = "--rounds", defaultValue = "30", description = "how many kills (default: 30)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "200", description = "lines a second (default: 200)")
  private int rate;

  @Override
  protected boolean run(Path folder)
      throws IOException, InterruptedException, MalformedEventException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    String[] arguments = {
      "--agent",
      Files.writeString(folder.resolve("agent.yaml"), agentFile(folder)).toString(),
      "--rules",
      Files.writeString(folder.resolve("rules.yaml"), RULES).toString()
    };
    Random random = new Random(seed());
    tell("seed " + seed() + ", " + rounds + " kills, " + rate + " lines a second");
    Verdict verdict;
    try (LogWriter writer = new LogWriter(logs, rate, seed(), Clock.systemUTC())) {
      writer.start();
      for (int round = 1; round <= rounds; round++) {
        long alive = random.nextLong(100, 12_000);
        try (PlatformProcess platform =
            PlatformProcess.start(folder.resolve("data"), arguments).awaitReady()) {
          Thread.sleep(alive);
          platform.kill();
        }
        tell("round " + round + ": killed after " + alive + " ms, " + writer.lines() + " lines");
      }
      writer.close();
      verdict = settle(writer, folder.resolve("data"), arguments);
      tell(
          verdict.lines()
              + " lines ("
              + writer.rotations()
              + " rotations) became "
              + verdict.documents()
              + " documents; "
              + verdict.missing()
              + " are missing");
      tell(
          verdict.bursts()
              + " bursts had to ring and "
              + writer.quietBursts()
              + " had not; wrong: "
              + verdict.problems());
    }
    return verdict.isGood();
  }

  /** Starts it once more and waits until all is settled, or for as long as patience lasts. */
  private static Verdict settle(LogWriter writer, Path data, String... arguments)
      throws IOException, InterruptedException, MalformedEventException {
    try (PlatformProcess platform = PlatformProcess.start(data, arguments).awaitReady()) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end) {
        Thread.sleep(2_000);
        if (Stored.count(platform.openSearch()) >= writer.lines()) {
          List<Alert> transitions = Transitions.read(platform.bootstrapServers());
          if (transitions.size() >= 2 * writer.bursts()) {
            break;
          }
        }
      }
      // What came too often would come a little later.
      Thread.sleep(5_000);
      Verdict verdict =
          Verdict.of(
              writer,
              Stored.lines(platform.openSearch()),
              Transitions.read(platform.bootstrapServers()));
      platform.stop();
      return verdict;
    }
  }

  private static String agentFile(Path folder) {
    return """
    agent: { name: edge-01, data: %s }
    sources:
      - file: { paths: ["%s/logs/api.log*"], service: api, format: json }
    """
        .formatted(folder.resolve("agent"), folder);
  }
}
