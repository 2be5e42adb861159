package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {

  @Test
  void showsMakesAndThenFindsNothingToDo(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(folder))) {
      // Given an empty cluster
      String servers = kafka.bootstrapServers();
      // When
      Invocation plan = Invocation.of("topics", "plan", "--bootstrap-servers", servers);
      Invocation dry =
          Invocation.of("topics", "apply", "--dry-run", "--bootstrap-servers", servers);
      Invocation unasked = Invocation.of("topics", "apply", "--bootstrap-servers", servers);
      Invocation apply = Invocation.of("topics", "apply", "--yes", "--bootstrap-servers", servers);
      Invocation again = Invocation.of("topics", "apply", "--yes", "--bootstrap-servers", servers);
      // Then
      assertThat(plan.status()).isZero();
      assertThat(plan.out()).contains("tocsin.logs", "tocsin.alerts", "tocsin.dead-letters");
      assertThat(dry.out()).isEqualTo(plan.out());
      assertThat(unasked.status()).isEqualTo(1);
      assertThat(unasked.err()).contains("--yes");
      assertThat(unasked.out()).startsWith(plan.out()).contains("Nothing was changed.");
      assertThat(apply.status()).isZero();
      assertThat(apply.out()).startsWith(plan.out()).contains("Done.");
      assertThat(again.status()).isZero();
      assertThat(again.out()).contains("0 to create, 0 to change").doesNotContain("Done.");
    }
  }

  @Test
  void aBrokenDefinitionIsToldWithItsLine(@TempDir Path folder) throws Exception {
    // Given
    Path file =
        Files.writeString(
            folder.resolve("topics.yaml"), "topics:\n  a-topic:\n    partitions: -1\n");
    // When
    Invocation plan =
        Invocation.of(
            "topics", "plan", "--bootstrap-servers", "127.0.0.1:9", "--file", file.toString());
    // Then
    assertThat(plan.status()).isEqualTo(2);
    assertThat(plan.err()).contains("topics.yaml").doesNotContain("Exception");
  }
}
