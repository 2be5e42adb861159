package io.tocsin.alerting.topology;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.alerting.engine.EngineStats;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Alert;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What alerting counts. Thread-safe; one for a process. */
public final class AlertingMetrics {

  private final CounterDataPoint logs;
  private final CounterDataPoint telemetry;
  private final Counter transitions;
  private final Counter deadLetters;
  private final Counter travelled;
  private final Counter late;
  private final Counter duplicates;
  private final Counter ungrouped;
  private final Counter forgotten;
  private final Map<Integer, Standing> shards = new ConcurrentHashMap<>();

  /**
   * How a shard stands.
   *
   * @param stats sums over the lanes' engines, since these were made
   */
  private record Standing(int firing, long groups, EngineStats stats) {
    static final Standing NONE = new Standing(0, 0, new EngineStats(0, 0, 0, 0, 0, 0, 0));
  }

  public AlertingMetrics(Metrics metrics) {
    Counter events =
        metrics.counter("tocsin_alerting_events", "Records read from the input topics", "stream");
    logs = events.labelValues("logs");
    telemetry = events.labelValues("telemetry");
    transitions =
        metrics.counter("tocsin_alerting_transitions", "Alerts that fired or resolved", "status");
    deadLetters =
        metrics.counter("tocsin_alerting_dead_letters", "Records given up, by reason", "reason");
    travelled =
        metrics.counter("tocsin_alerting_rekeyed", "Records sent on to the shard of their group");
    late =
        metrics.counter(
            "tocsin_alerting_late", "Records older than a rule's window, ignored by it");
    duplicates =
        metrics.counter("tocsin_alerting_duplicates", "Records a rule had seen, ignored by it");
    ungrouped =
        metrics.counter("tocsin_alerting_ungrouped", "Records without a group-by field of a rule");
    forgotten =
        metrics.counter(
            "tocsin_alerting_groups_forgotten", "Groups that left a rule's full memory");
    metrics.gauge("tocsin_alerting_groups", "Groups remembered now", this::groups);
    metrics.gauge("tocsin_alerting_firing", "Alerts firing now", this::firing);
  }

  /** How many alerts fire now on the shards of this process. */
  public int firing() {
    return shards.values().stream().mapToInt(Standing::firing).sum();
  }

  private double groups() {
    return shards.values().stream().mapToLong(Standing::groups).sum();
  }

  void event(Origin origin) {
    switch (origin) {
      case LOGS -> logs.inc();
      case TELEMETRY -> telemetry.inc();
    }
  }

  void transition(Alert.Status status) {
    transitions.labelValues(status.name().toLowerCase(Locale.ROOT)).inc();
  }

  void deadLetter(String reason) {
    deadLetters.labelValues(reason).inc();
  }

  void travelled() {
    travelled.inc();
  }

  /** A shard's standing, in full. */
  void stands(int shard, int firing, List<EngineStats> lanes) {
    EngineStats now =
        new EngineStats(
            sum(lanes, EngineStats::events),
            sum(lanes, EngineStats::lateIgnored),
            sum(lanes, EngineStats::duplicatesIgnored),
            sum(lanes, EngineStats::lackingGroupBy),
            sum(lanes, EngineStats::groups),
            sum(lanes, EngineStats::groupsForgotten),
            sum(lanes, EngineStats::valuesForgotten));
    Standing before = shards.put(shard, new Standing(firing, now.groups(), now));
    EngineStats then = (before == null ? Standing.NONE : before).stats();
    grow(late, then.lateIgnored(), now.lateIgnored());
    grow(duplicates, then.duplicatesIgnored(), now.duplicatesIgnored());
    grow(ungrouped, then.lackingGroupBy(), now.lackingGroupBy());
    grow(forgotten, then.groupsForgotten(), now.groupsForgotten());
  }

  /** A shard went to another process, or the process ends. */
  void left(int shard) {
    shards.remove(shard);
  }

  private static void grow(Counter counter, long then, long now) {
    // An engine that was made anew counts from zero again.
    counter.inc(now < then ? now : now - then);
  }

  private static long sum(List<EngineStats> lanes, ToLongFunction<EngineStats> what) {
    return lanes.stream().mapToLong(what).sum();
  }
}
