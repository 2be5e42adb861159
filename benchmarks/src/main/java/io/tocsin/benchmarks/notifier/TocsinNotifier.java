package io.tocsin.benchmarks.notifier;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.notifier.NotifierConfig;
import io.tocsin.notifier.NotifierService;
import java.io.IOException;
import java.time.Clock;

/** The notifier as it is deployed, in a process of its own; ends when its input does. */
final class TocsinNotifier {

  private TocsinNotifier() {}

  /** Arguments: Kafka, the webhook's address. Prints {@code ready} when it is. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    NotifierConfig config =
        ConfigReader.read(
            "bench",
            "webhook-hosts: [127.0.0.1]\nreceivers: { hook: { webhook: { url: \""
                + arguments[1]
                + "\" } } }",
            NotifierConfig.class);
    try (NotifierService notifier =
        new NotifierService(
            config, KafkaSettings.of(arguments[0]), new Metrics(), Clock.systemUTC(), line -> {})) {
      notifier.start();
      while (!notifier.readiness().ready()) {
        Thread.sleep(50);
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Nothing is said to it: it waits for the end.
      }
    }
    System.exit(0);
  }
}
