package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {

  /** Who changes this changes what running clusters keep: read the upgrade notes first. */
  private static final String PINNED =
      """
      Topologies:
         Sub-topology: 0
          Source: logs (topics: [tocsin.logs])
            --> shard
          Source: rekeyed (topics: [tocsin-alerting-rekeyed])
            --> shard
          Source: telemetry (topics: [tocsin.telemetry])
            --> shard
          Processor: shard (stores: [alerting])
            --> to-alert-state, to-alerts, to-dead-letters, to-health, to-rekeyed
            <-- logs, telemetry, rekeyed
          Sink: to-alert-state (topic: tocsin.alert-state)
            <-- shard
          Sink: to-alerts (topic: tocsin.alerts)
            <-- shard
          Sink: to-dead-letters (topic: tocsin.dead-letters)
            <-- shard
          Sink: to-health (topic: tocsin.health)
            <-- shard
          Sink: to-rekeyed (topic: tocsin-alerting-rekeyed)
            <-- shard

      """;

  @Test
  void theShapeAndTheNamesArePinned() {
    // Given
    ReadProgress progress =
        new ReadProgress() {
          @Override
          public Instant readUpTo() {
            return Instant.EPOCH;
          }

          @Override
          public void demand(Instant due) {}
        };
    var parts =
        new AlertingTopology.Parts(
            AlertingTopology.Inputs.of("tocsin-alerting"),
            new Shards(3),
            new RuleBook(new RuleSet(List.of())),
            progress,
            new AlertingMetrics(new Metrics()),
            Clock.systemUTC());

    // When / Then
    assertThat(AlertingTopology.build(parts).describe().toString()).isEqualTo(PINNED);
  }

  @Test
  void theChangelogIsNamedAsKafkaStreamsNamesIt() {
    assertThat(AlertingTopology.changelogOf("tocsin-alerting"))
        .isEqualTo("tocsin-alerting-alerting-changelog");
  }
}
