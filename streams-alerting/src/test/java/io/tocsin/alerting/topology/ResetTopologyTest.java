package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTopologyTest {

  private static final String ERRORS =
      """
      rules:
        - name: errors
          match: { level: ERROR }
          group-by: [meta.ip]
          count: 2
          within: 1h
          inhibited-by: [network-down]
      """;

  @TempDir private Path dir;

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2})
  void aResetResolvesWhatFiresOnce(int shards) {
    try (Bench bench = new Bench(dir, shards, ERRORS)) {
      // Given: some of these groups live on the other shard, which is not on the bench
      for (int i = 0; i < 16; i++) {
        twoErrors(bench, "10.0.0." + i);
      }
      int fired = bench.transitions().size();
      bench.alerts();

      // When
      bench.rules.replace(bench.rules.rules(), List.of(reset("1", Map.of())));
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(fired).isPositive();
      assertThat(bench.alerts())
          .hasSize(fired)
          .allSatisfy(
              alert -> {
                assertThat(alert.reason()).isEqualTo("reset by ayse");
                assertThat(alert.annotations()).containsEntry("inhibited-by", "network-down");
              });
      assertThat(bench.counts.firing()).isZero();

      // When: the same is read again, as after other rules were put in force
      bench.rules.replace(bench.rules.rules());
      for (int i = 0; i < 16; i++) {
        twoErrors(bench, "10.0.0." + i);
      }
      bench.advance(Duration.ofSeconds(2));

      // Then
      assertThat(bench.alerts()).hasSize(fired).allSatisfy(a -> assertThat(a.reason()).isNull());

      // When
      bench.rules.replace(bench.rules.rules(), List.of(reset("2", Map.of("meta.ip", "none"))));
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(bench.alerts()).isEmpty();
    }
  }

  @Test
  void aRestartDoesNoResetAgain() {
    Map<Bytes, byte[]> state;
    try (Bench bench = new Bench(dir.resolve("first"), 1, ERRORS)) {
      // Given
      bench.rules.replace(bench.rules.rules(), List.of(reset("1", Map.of())));
      bench.advance(Duration.ofSeconds(1));
      twoErrors(bench, "10.0.0.1");
      state = bench.state();
    }

    // When
    try (Bench bench = new Bench(dir.resolve("second"), 1, ERRORS)) {
      bench.takeOver(state);
      bench.rules.replace(bench.rules.rules(), List.of(reset("1", Map.of())));
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(bench.alerts()).isEmpty();
      assertThat(bench.counts.firing()).isEqualTo(1);
    }
  }

  private static void twoErrors(Bench bench, String ip) {
    bench.log("api", "failed", Map.of("ip", ip));
    bench.log("api", "failed", Map.of("ip", ip));
  }

  private static Reset reset(String id, Map<String, String> group) {
    return new Reset("reset:errors", id, "errors", group, "ayse");
  }
}
