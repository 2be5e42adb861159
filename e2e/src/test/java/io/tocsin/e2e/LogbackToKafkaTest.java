package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** {@code deploy/logback/logback.xml} as a JVM program uses it, on a real broker and on none. */
class LogbackToKafkaTest {

  private static final Path CONFIGURATION = Path.of("../deploy/logback/logback.xml");
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void eventsArriveInTheSchemaAndTheClientsOwnLogsDoNot(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(folder))) {
      // Given
      TopicAdmin.applyDefaults(KafkaSettings.of(kafka.bootstrapServers()));
      LoggerContext context = configured(kafka.bootstrapServers());
      Logger log = context.getLogger("com.example.Shop");
      await()
          .atMost(SOON)
          .until(
              () -> {
                log.info("started"); // on a busy machine the client may take a while to connect
                return !logs(kafka).isEmpty();
              });

      // When
      MDC.put("event", "order_placed");
      log.info("order \"{}\" placed", 7);
      MDC.clear();
      context.getLogger("org.apache.kafka.clients.producer.KafkaProducer").error("of the client");
      log.warn("slow", new IllegalStateException("what happened"));
      log.atError().addKeyValue("order", 8).log("lost");

      // Then
      await().atMost(SOON).until(() -> sent(kafka).size() >= 3);
      context.stop();
      List<LogEvent> events = sent(kafka);
      assertThat(events)
          .extracting(LogEvent::message)
          .containsExactlyInAnyOrder("order \"7\" placed", "slow", "lost");
      assertThat(events).extracting(LogEvent::service).containsOnly("shop");
      LogEvent placed = of("order \"7\" placed", events);
      assertThat(placed.event()).isEqualTo("order_placed");
      assertThat(placed.level()).isEqualTo(Level.INFO);
      assertThat(placed.meta()).containsEntry("logger", "com.example.Shop");
      assertThat(placed.host()).isNotEmpty();
      LogEvent slow = of("slow", events);
      assertThat(slow.level()).isEqualTo(Level.WARNING);
      assertThat(slow.event()).isEqualTo("log");
      assertThat(slow.meta().get("stack_trace")).asString().contains("what happened");
      assertThat(of("lost", events).meta().get("values")).asString().contains("order=8");
    }
  }

  @Test
  void aBrokerThatIsAwayHoldsNobodyUpAndWhatIsDroppedIsCounted() throws Exception {
    // Given
    LoggerContext context = configured("127.0.0.1:1");
    Logger log = context.getLogger("com.example.Shop");

    // When: three times what the queue holds
    long begun = System.nanoTime();
    for (int i = 0; i < 25_000; i++) {
      log.info("event {}", i);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    // Then: one that waited for the broker each time would take forty minutes
    assertThat(took).isLessThan(Duration.ofSeconds(60));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anySatisfy(status -> assertThat(status.getMessage()).contains("Dropped"));
    Thread stop = Thread.ofPlatform().daemon().start(context::stop);
    assertThat(stop.isDaemon()).isTrue();
  }

  private static List<LogEvent> sent(EmbeddedKafka kafka) throws MalformedEventException {
    return logs(kafka).stream().filter(event -> !event.message().equals("started")).toList();
  }

  private static LogEvent of(String message, List<LogEvent> events) {
    return events.stream().filter(event -> event.message().equals(message)).findAny().orElseThrow();
  }

  private static LoggerContext configured(String servers) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter()); // as slf4j does for its own
    context.putProperty("SERVICE", "shop");
    context.putProperty("KAFKA", servers);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(CONFIGURATION.toFile());
    // The terminal of a test is not where 25 000 lines belong.
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender("console");
    context.start();
    return context;
  }

  private static List<LogEvent> logs(EmbeddedKafka kafka) throws MalformedEventException {
    List<LogEvent> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          events.add(EventCodec.decodeLog(record.value()));
        }
      }
    }
    return events;
  }
}
