package io.tocsin.benchmarks.alerting;

import io.tocsin.alerting.AlertingConfig;
import io.tocsin.alerting.AlertingService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Alerting as it is deployed, in a process of its own; ends when its input does. */
final class TocsinAlerting {

  private TocsinAlerting() {}

  /**
   * Arguments: Kafka, the state folder, the rule file, standby replicas. Prints {@code ready} when
   * it is.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AlertingConfig defaults = AlertingConfig.in(Path.of(arguments[1]));
    int standbyReplicas =
        arguments.length > 3 ? Integer.parseInt(arguments[3]) : defaults.standbyReplicas();
    AlertingConfig config =
        new AlertingConfig(
            defaults.stateDir(),
            List.of(Path.of(arguments[2])),
            defaults.threads(),
            standbyReplicas,
            defaults.commitInterval(),
            defaults.cache());
    try (AlertingService alerting =
        new AlertingService(
            config, KafkaSettings.of(arguments[0]), new Metrics(), Clock.systemUTC())) {
      alerting.start();
      while (!alerting.readiness().ready()) {
        Thread.sleep(20);
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Nothing is said to it: it waits for the end.
      }
    }
    System.exit(0);
  }
}
