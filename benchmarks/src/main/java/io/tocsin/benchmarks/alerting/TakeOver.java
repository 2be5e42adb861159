package io.tocsin.benchmarks.alerting;

import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * How long nobody evaluates anything when one of two instances is killed: from the kill to the
 * transitions of records that were sent at once to services on every partition.
 */
final class TakeOver {

  private static final int SERVICES = 12;
  private static final long SETTLED_MS = 8_000;

  private final String address;
  private final Path folder;
  private final Path rules;
  private final int standbyReplicas;

  TakeOver(String address, Path folder, int standbyReplicas) throws IOException {
    this.address = address;
    this.folder = folder;
    this.rules = Rules.grouping(folder);
    this.standbyReplicas = standbyReplicas;
  }

  /** Seconds from each kill to the last of the transitions, ascending. */
  double[] measure(int kills) throws IOException, InterruptedException {
    double[] seconds = new double[kills];
    ChildProcess[] instances = {start(0), start(1)};
    try (Tipping tipping = new Tipping(KafkaSettings.of(address), Clock.systemUTC())) {
      instances[0].await("ready");
      instances[1].await("ready");
      for (int kill = 0; kill < kills; kill++) {
        Thread.sleep(SETTLED_MS);
        int victim = kill % 2;
        instances[victim].kill();
        long begun = System.nanoTime();
        seconds[kill] = tipping.tipAll("kill-" + kill + "-", SERVICES, begun);
        instances[victim] = start(victim);
        instances[victim].await("ready");
      }
    } finally {
      instances[0].close();
      instances[1].close();
    }
    Arrays.sort(seconds);
    return seconds;
  }

  private ChildProcess start(int instance) throws IOException {
    return ChildProcess.start(
        TocsinAlerting.class,
        "256m",
        List.of(
            address,
            folder.resolve("state-" + instance).toString(),
            rules.toString(),
            Integer.toString(standbyReplicas)));
  }
}
