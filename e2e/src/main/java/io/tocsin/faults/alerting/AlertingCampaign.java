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
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults alerting}. */
@Command(
    name = "alerting",
    description = {
      "Kills alerting and its broker at random moments while events flow.",
      "Two instances share the work. A round kills one by kill -9, kills both, stops one in order,"
          + " or kills the broker; one round leaves both dead for longer than the absence rule"
          + " waits. Every kind of fault comes up once there are six rounds. At the end the"
          + " transitions must be those of an undisturbed run, each once and in order, and the"
          + " absence rule must have fired when the heartbeats ended, and before only if the"
          + " broker was away for so long that the topic had none."
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
    List<AlertingFault> faults = AlertingFault.dealt(rounds, random);
    Map<AlertingFault, Integer> cameUp = new EnumMap<>(AlertingFault.class);
    for (AlertingFault fault : faults) {
      long alive = random.nextLong(500, 9_000);
      Thread.sleep(alive);
      strike(fault, broker, one, two, random.nextBoolean() ? one : two);
      one.start();
      two.start();
      int round = cameUp.values().stream().mapToInt(Integer::intValue).sum() + 1;
      cameUp.merge(fault, 1, Integer::sum);
      tell("round " + round + ", after " + alive + " ms: " + fault + ", " + writer.sent());
    }
    int kills = faults.stream().mapToInt(AlertingFault::kills).sum();
    tell("kill -9 of an instance: " + kills + " times; came up: " + cameUp);
  }

  private static void strike(
      AlertingFault fault, ServerProcess broker, Instance one, Instance two, Instance victim)
      throws IOException, InterruptedException {
    switch (fault) {
      case ONE_KILLED -> victim.kill();
      case ONE_KILLED_FOR_LONG -> {
        victim.kill();
        Thread.sleep(SESSION_OVER.toMillis());
      }
      case BOTH_KILLED -> {
        one.kill();
        two.kill();
      }
      case ONE_STOPPED_FOR_LONG -> {
        victim.stop();
        Thread.sleep(SESSION_OVER.toMillis());
      }
      case BROKER_KILLED -> {
        broker.kill();
        broker.restart();
      }
      case BOTH_AWAY -> {
        one.kill();
        two.kill();
        Thread.sleep(SILENCE.plusSeconds(5).toMillis());
      }
    }
  }

  /** Waits until all is evaluated, or for as long as patience lasts, and compares. */
  private boolean settle(ServerProcess broker, EventWriter writer)
      throws InterruptedException, MalformedEventException {
    Map<String, List<String>> wanted =
        AlertingVerdict.undisturbed(
            KafkaSettings.of(broker.address()), RuleSet.parse("rules.yaml", RULES));
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Alert> alerts = List.of();
    while (!isAll(alerts, wanted, writer.lastHeartbeat()) && System.nanoTime() < end) {
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
    return rangInTime(broker, writer, alerts) && verdict.problems().isEmpty();
  }

  private static boolean isAll(
      List<Alert> alerts, Map<String, List<String>> wanted, Instant lastHeartbeat) {
    return alerts.stream().filter(alert -> !alert.rule().equals(ABSENCE)).count()
            >= AlertingVerdict.count(wanted)
        && absences(alerts).anyMatch(alert -> alert.startsAt().equals(lastHeartbeat));
  }

  private static Stream<Alert> absences(List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.rule().equals(ABSENCE) && alert.endsAt() == null);
  }

  /** Whether the absence rule fired after the last heartbeat, and else only in a real silence. */
  private boolean rangInTime(ServerProcess broker, EventWriter writer, List<Alert> alerts)
      throws MalformedEventException {
    Set<Instant> silences = Heartbeats.beforeSilences(KafkaSettings.of(broker.address()), SILENCE);
    tell(
        "the topic was without a heartbeat for more than 45 s %d times".formatted(silences.size()));
    boolean inTime = true;
    int last = 0;
    for (Alert alert : absences(alerts).toList()) {
      long delay = Duration.between(alert.startsAt(), alert.at()).toMillis();
      boolean ofLast = alert.startsAt().equals(writer.lastHeartbeat());
      tell("the 45 s rule fired after %d ms without a heartbeat".formatted(delay));
      last += ofLast ? 1 : 0;
      inTime &= ofLast ? delay <= SILENCE.toMillis() + 1_000 : silences.contains(alert.startsAt());
      inTime &= delay >= SILENCE.toMillis();
    }
    return inTime && last == 1;
  }
}
