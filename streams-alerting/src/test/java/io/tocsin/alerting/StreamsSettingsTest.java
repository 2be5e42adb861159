package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.nio.file.Path;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StreamsSettingsTest {

  @Test
  void kafkaStreamsHasNothingToWarnOf() {
    // Given
    Logger logger = (Logger) LoggerFactory.getLogger(StreamsConfig.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);

    // When
    try {
      StreamsConfig config =
          new StreamsConfig(
              StreamsSettings.of(
                  AlertingConfig.in(Path.of("state")), KafkaSettings.of("kafka:9092"), "one"));
      // As the assignor does.
      new StreamsConfig(config.getMainConsumerConfigs("group", "client", 1));
    } finally {
      logger.detachAppender(log);
    }

    // Then
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
  }
}
