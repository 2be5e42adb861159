package io.tocsin.faults.alerting;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.stage.Campaign;
import io.tocsin.faults.stage.ServerProcess;
import io.tocsin.faults.stage.Transitions;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults alerting}. */
@Command(
    name = "alerting",
    description = {
      "Kills alerting and its broker at random moments while events flow.",
      "Two instances share the work. A round kills one by kill -9, kills both, stops one in order,"
          + " or kills the broker; one round leaves both dead for longer than the absence rule"
          + " waits. At the end the transitions must be those of an undisturbed run, each once and"
          + " in order, and the absence rule must have fired once: when the heartbeats ended."
    },
    mixinStandardHelpOptions = true)
public final class AlertingCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration SILENCE = Duration.ofSeconds(45);

  /** An instance that is away for longer than its session loses its partitions. */
  private static final Duration SESSION_OVER = Duration.ofSeconds(13);

  /** A session that is missed soon makes the start after a kill a short one. */
  private static final Map<String, String> BROKER = Map.of("broker.session.timeout.ms", "2000");

  private static final String ABSENCE = "silent";

  private static final String RULES =
      """
      rules:
        - name: session
          match: { level: ERROR }
          group-by: [meta.session]
          count: 7
          within: 1d
        - name: flip
          match: { event: state }
          group-by: [service, meta.device]
          change: { of: meta.state, to: 1 }
        - name: run
          match: { level: ERROR }
          among: { event: state }
          group-by: [meta.user]
          consecutive: 8
        - name: codes
          match: { event: state }
          group-by: [meta.session]
          distinct: { of: meta.code, at-least: 15 }
          within: 1d
      """;

  private static final String ABSENCE_RULE =
      """
        - name: silent
          match: { event: heartbeat }
          group-by: [service]
          absent-for: 45s
      """;

  @Option(names = "--rounds", defaultValue = "30", description = "how many faults (default: 30)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "2000", description = "events a second (default: 2000)")
  private int rate;

  @Override
  protected boolean run(Path folder)
      throws IOException, InterruptedException, MalformedEventException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES + ABSENCE_RULE);
    tell("seed " + seed() + ", " + rounds + " faults, " + rate + " events a second");
    try (ServerProcess broker = ServerProcess.kafka(folder.resolve("kafka"), BROKER);
        Instance one = new Instance(folder, "one", broker.address(), rules);
        Instance two = new Instance(folder, "two", broker.address(), rules)) {
      TopicAdmin.applyDefaults(KafkaSettings.of(broker.address()));
      one.start();
      two.start();
      EventWriter writer =
          new EventWriter(KafkaSettings.of(broker.address()), rate, seed(), Clock.systemUTC());
      try (writer) {
        writer.start();
        disturb(broker, one, two, writer);
      }
      return settle(broker, writer);
    }
  }

  private void disturb(ServerProcess broker, Instance one, Instance two, EventWriter writer)
      throws IOException, InterruptedException {
    Random random = new Random(seed());
    int outage = random.nextInt(rounds);
    for (int round = 0; round < rounds; round++) {
      long alive = random.nextLong(500, 9_000);
      Thread.sleep(alive);
      Instance victim = random.nextBoolean() ? one : two;
      int kind = round == outage ? -1 : random.nextInt(10);
      String what = fault(kind, broker, one, two, victim);
      one.start();
      two.start();
      tell("round " + (round + 1) + ", after " + alive + " ms: " + what + ", " + writer.sent());
    }
  }

  private static String fault(
      int kind, ServerProcess broker, Instance one, Instance two, Instance victim)
      throws IOException, InterruptedException {
    return switch (kind) {
      case -1 -> {
        one.kill();
        two.kill();
        Thread.sleep(SILENCE.plusSeconds(5).toMillis());
        yield "both away for longer than the absence rule waits";
      }
      case 0, 1 -> {
        broker.kill();
        broker.restart();
        yield "broker killed";
      }
      case 2, 3 -> {
        one.kill();
        two.kill();
        yield "both killed";
      }
      case 4 -> {
        victim.stop();
        Thread.sleep(SESSION_OVER.toMillis());
        yield "one stopped until its partitions moved";
      }
      case 5, 6 -> {
        victim.kill();
        Thread.sleep(SESSION_OVER.toMillis());
        yield "one killed until its partitions moved";
      }
      default -> {
        victim.kill();
        yield "one killed";
      }
    };
  }

  /** Waits until all is evaluated, or for as long as patience lasts, and compares. */
  private boolean settle(ServerProcess broker, EventWriter writer)
      throws InterruptedException, MalformedEventException {
    Map<String, List<String>> wanted =
        AlertingVerdict.undisturbed(
            KafkaSettings.of(broker.address()), RuleSet.parse("rules.yaml", RULES));
    int all = AlertingVerdict.count(wanted) + 1;
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Alert> alerts = List.of();
    while (alerts.size() < all && System.nanoTime() < end) {
      Thread.sleep(2_000);
      alerts = Transitions.read(broker.address());
    }
    // What came too often would come a little later.
    Thread.sleep(5_000);
    alerts = Transitions.read(broker.address());
    AlertingVerdict verdict =
        AlertingVerdict.of(
            wanted, alerts.stream().filter(alert -> !alert.rule().equals(ABSENCE)).toList());
    tell(
        "%d events; %d transitions expected, %d found; wrong: %s"
            .formatted(writer.sent(), verdict.expected(), verdict.found(), verdict.problems()));
    List<Alert> absences = alerts.stream().filter(alert -> alert.rule().equals(ABSENCE)).toList();
    List<Long> delays =
        absences.stream()
            .map(alert -> Duration.between(writer.lastHeartbeat(), alert.at()).toMillis())
            .toList();
    tell("the 45 s rule fired after " + delays + " ms without a heartbeat");
    return verdict.problems().isEmpty()
        && delays.size() == 1
        && delays.getFirst() >= SILENCE.toMillis()
        && delays.getFirst() <= SILENCE.plusSeconds(1).toMillis();
  }
}
