package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaTest {
  @TempDir static Path dir;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void whatIsAcknowledgedByAllIsConsumed() throws Exception {
    // Given
    KafkaClients.createTopic(kafka.bootstrapServers(), "plain");

    // When
    KafkaClients.produce(kafka.bootstrapServers(), "plain", "one", "two");

    // Then
    assertThat(KafkaClients.consume(kafka.bootstrapServers(), "plain", 2))
        .containsExactly("one", "two");
  }

  @Test
  void onlyCommittedTransactionsAreSeen() throws Exception {
    // Given
    KafkaClients.createTopic(kafka.bootstrapServers(), "transactions");
    try (KafkaProducer<String, String> producer =
        KafkaClients.producer(kafka.bootstrapServers(), Map.of("transactional.id", "test"))) {
      producer.initTransactions();

      // When
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "regretted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "meant")).get();
      producer.commitTransaction();
    }

    // Then
    assertThat(KafkaClients.consume(kafka.bootstrapServers(), "transactions", 1))
        .containsExactly("meant");
  }

  @Test
  void aTopicIsNotMadeByWritingToIt() {
    // Given
    try (KafkaProducer<String, String> producer =
        KafkaClients.producer(kafka.bootstrapServers(), Map.of("max.block.ms", 500))) {

      // When // Then
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("typo", "x")).get())
          .isInstanceOfAny(ExecutionException.class, TimeoutException.class)
          .rootCause()
          .isInstanceOfAny(TimeoutException.class, UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafka.Options.in(dir)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("another process or server uses the data folder " + dir)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTakenPortIsRefused(@TempDir Path other) {
    // Given
    int port = Integer.parseInt(kafka.bootstrapServers().split(":", 2)[1]);

    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafka.Options(other, port, Map.of())))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("port " + port + " of 127.0.0.1 is taken")
        .hasMessageContaining("choose another port");
    assertThat(other.resolve("meta.properties")).doesNotExist();
  }
}
