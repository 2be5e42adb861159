package io.tocsin.alerting;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it stands on {@code tocsin.rules}: its name is the key, the rule as one JSON object the
 * value. Its revision and who applied it stand in headers, which other writers may leave out.
 */
final class RuleRecord {

  private static final String REVISION = "tocsin-revision";
  private static final String APPLIED_BY = "tocsin-applied-by";

  private RuleRecord() {}

  static ProducerRecord<String, byte @Nullable []> of(AlertRule rule, String by) {
    byte[] json = EventCodec.encodeObject(rule.written());
    ProducerRecord<String, byte @Nullable []> record =
        new ProducerRecord<>(Topics.RULES, rule.name(), json);
    record.headers().add(REVISION, bytes(Long.toString(rule.revision())));
    record.headers().add(APPLIED_BY, bytes(by));
    return record;
  }

  static ProducerRecord<String, byte @Nullable []> removal(String name, String by) {
    ProducerRecord<String, byte @Nullable []> record =
        new ProducerRecord<>(Topics.RULES, name, null);
    record.headers().add(APPLIED_BY, bytes(by));
    return record;
  }

  /**
   * The rule of a record that is no tombstone.
   *
   * @throws ConfigException when it is no rule, or that of another name
   */
  static AlertRule read(ConsumerRecord<String, byte[]> record) {
    String file = Topics.RULES + "/" + record.key();
    String json = new String(record.value(), StandardCharsets.UTF_8);
    List<AlertRule> rules = RuleSet.parse(file, "{\"rules\":[" + json + "]}").rules();
    if (rules.size() != 1 || !rules.getFirst().name().equals(record.key())) {
      String rule = "must be the one rule that the record's key names";
      throw new ConfigException(List.of(new Problem(file, 1, "", null, rule, "")));
    }
    return rules.getFirst().withRevision(revision(record.headers()));
  }

  static String appliedBy(Headers headers) {
    String by = text(headers.lastHeader(APPLIED_BY));
    return by == null ? "unknown" : by;
  }

  private static long revision(Headers headers) {
    String text = text(headers.lastHeader(REVISION));
    return text != null && text.matches("[1-9]\\d{0,17}") ? Long.parseLong(text) : 1;
  }

  private static @Nullable String text(@Nullable Header header) {
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
