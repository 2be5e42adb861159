package io.tocsin.alerting;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How alerting runs.
 *
 * @param stateDir where the state of rules is kept; what is lost comes back from Kafka
 * @param rules rule files; none means the default pack
 * @param commitInterval how often work is committed that nobody waits for; 10 ms to 5 s
 */
public record AlertingConfig(
    @Doc("where the state of rules is kept on disk; each instance needs its own") Path stateDir,
    @Doc(
            "rule files; the default pack when there are none. Rules on tocsin.rules replace those of"
                + " the same name")
        @Default("[]")
        List<Path> rules,
    @Doc("how many threads share the partitions, 1 to 64") @Default("1") int threads,
    @Doc("how many other instances keep a copy of each state, to take over at once, 0 to 5")
        @Default("0")
        int standbyReplicas,
    @Doc(
            "how often work is committed, 10 ms to 5 s; a transition of a fresh record does not wait"
                + " for that")
        @Default("500ms")
        Duration commitInterval,
    @Doc("memory for state that changes often") @Default("8MiB") DataSize cache) {

  private static final Duration LEAST_COMMIT = Duration.ofMillis(10);
  // A transaction must end before the broker gives it up, ten seconds after it began.
  private static final Duration MOST_COMMIT = Duration.ofSeconds(5);

  public AlertingConfig {
    rules = List.copyOf(rules);
    require(threads >= 1 && threads <= 64, "threads", threads, "must be between 1 and 64");
    require(
        standbyReplicas >= 0 && standbyReplicas <= 5,
        "standby-replicas",
        standbyReplicas,
        "must be between 0 and 5");
    require(
        commitInterval.compareTo(LEAST_COMMIT) >= 0 && commitInterval.compareTo(MOST_COMMIT) <= 0,
        "commit-interval",
        commitInterval,
        "must be between 10ms and 5s");
  }

  /** All defaults: the default pack, one thread. */
  public static AlertingConfig in(Path stateDir) {
    return new AlertingConfig(
        stateDir, List.of(), 1, 0, Duration.ofMillis(500), new DataSize(8L << 20));
  }

  /** The same with other rule files. */
  public AlertingConfig withRules(List<Path> files) {
    return new AlertingConfig(stateDir, files, threads, standbyReplicas, commitInterval, cache);
  }
}
