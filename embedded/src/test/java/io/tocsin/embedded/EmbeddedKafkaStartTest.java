package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EmbeddedKafkaStartTest {
  @TempDir Path dir;

  @Test
  void dataSurvivesARestart() throws Exception {
    // Given
    try (EmbeddedKafka first = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir))) {
      KafkaClients.createTopic(first.bootstrapServers(), "kept");
      KafkaClients.produce(first.bootstrapServers(), "kept", "before");
    }

    // When
    try (EmbeddedKafka second = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir))) {
      KafkaClients.produce(second.bootstrapServers(), "kept", "after");

      // Then
      assertThat(KafkaClients.consume(second.bootstrapServers(), "kept", 2))
          .containsExactly("before", "after");
    }
  }

  @Test
  void dataSurvivesAKillAndIsHeldUntilThen() throws Exception {
    // Given
    Process killed = BrokerProcess.launch(dir);
    try (BufferedReader output = killed.inputReader()) {
      assertThat(output.readLine()).isEqualTo("produced");
      assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("another process or server uses the data folder");

      // When
      killed.destroyForcibly().waitFor();
    } finally {
      killed.destroyForcibly();
    }

    // Then
    try (EmbeddedKafka heir = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir))) {
      assertThat(KafkaClients.consume(heir.bootstrapServers(), BrokerProcess.TOPIC, 1))
          .containsExactly("last words");
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    // Given
    Path file = Files.writeString(dir.resolve("data"), "");

    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafka.Options.in(file)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("cannot write to the data folder " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"recovery-point-offset-checkpoint", "__cluster_metadata-0"})
  void damagedDataIsAnExceptionAndNotTheEndOfTheProcess(String damaged) throws IOException {
    // Given
    EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)).close();
    Path path = dir.resolve(damaged);
    Path aside = Objects.requireNonNull(dir.getParent()).resolve(dir.getFileName() + "-aside");
    Files.move(path, aside);
    if (Files.isDirectory(aside)) {
      Files.writeString(path, "");
    } else {
      Files.createDirectory(path);
    }

    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("did not start on " + dir);

    // When mended
    Files.delete(path);
    Files.move(aside, path);

    // Then nothing of the failed start is in the way
    EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)).close();
  }

  @Test
  void anInterruptedStartLeavesNothingBehind() throws Exception {
    // Given
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread starting =
        new Thread(
            () -> {
              outcome.complete(
                  catchThrowable(() -> EmbeddedKafka.start(EmbeddedKafka.Options.in(dir))));
            });
    starting.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(dir.resolve("meta.properties")));

    // When
    starting.interrupt();

    // Then
    assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(EmbeddedException.class);
    EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)).close();
  }

  @Test
  void aSettingKafkaDoesNotTakeIsNamed() {
    // Given
    EmbeddedKafka.Options options =
        new EmbeddedKafka.Options(dir, 0, Map.of("log.segment.bytes", "many"));

    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(options))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("log.segment.bytes");
  }

  @Test
  void whoAndWhereTheBrokerIsCannotBeOverridden() {
    assertThatThrownBy(() -> new EmbeddedKafka.Options(dir, 0, Map.of("listeners", "X://:1")))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("listeners");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatIsNoneIsRefused(int port) {
    assertThatThrownBy(() -> new EmbeddedKafka.Options(dir, port, Map.of()))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(Integer.toString(port));
  }
}
