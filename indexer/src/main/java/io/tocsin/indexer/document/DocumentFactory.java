package io.tocsin.indexer.document;

import io.tocsin.topics.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of records. The JSON stays byte for byte as the producer wrote it, but for line
 * ends between its tokens, which a bulk request cannot carry. Not thread-safe.
 */
public final class DocumentFactory {

  private final Map<String, Shape> shapes;
  private final SaneWindow window;
  private final long maxBytes;

  /** That of the record before: records come partition by partition. */
  private String lastTopic = "";

  private @Nullable Shape lastShape;

  /**
   * For the four topics that are indexed.
   *
   * @param window the event times that are believed
   * @param maxBytes the largest value that is sent to the index
   */
  public DocumentFactory(SaneWindow window, long maxBytes) {
    this.window = window;
    this.maxBytes = maxBytes;
    this.shapes =
        Map.of(
            Topics.LOGS, new Shape.Event(new DailyIndex("tocsin-logs-")),
            Topics.TELEMETRY, new Shape.Event(new DailyIndex("tocsin-telemetry-")),
            Topics.ALERTS, new Shape.Transition(new DailyIndex("tocsin-alerts-")),
            Topics.HEALTH, new Shape.State("tocsin-health"));
  }

  /** The topics that have a shape. */
  public static List<String> topics() {
    return List.of(Topics.LOGS, Topics.TELEMETRY, Topics.ALERTS, Topics.HEALTH);
  }

  /** What becomes of a record of one of {@link #topics}; the same each time it is asked. */
  public Prepared prepare(ConsumerRecord<byte[], byte[]> record) {
    Shape shape = shape(record.topic());
    try {
      return record.value() == null ? shape.gone(record) : document(record, shape);
    } catch (UnusableException e) {
      return new Prepared.Unusable(record, e.flaw(), e.detail());
    } catch (RuntimeException e) { // a fault of ours must not stop the records behind this one
      return new Prepared.Unusable(record, Flaw.INTERNAL_ERROR, e.toString());
    }
  }

  private Shape shape(String topic) {
    if (lastShape == null || !topic.equals(lastTopic)) {
      lastShape = shapes.get(topic);
      lastTopic = topic;
    }
    if (lastShape == null) {
      throw new IllegalArgumentException("not indexed: " + topic);
    }
    return lastShape;
  }

  private Prepared document(ConsumerRecord<byte[], byte[]> record, Shape shape)
      throws UnusableException {
    byte[] value = record.value();
    if (value.length > maxBytes) {
      throw new UnusableException(
          Flaw.TOO_LARGE, value.length + " bytes are more than the " + maxBytes + " allowed");
    }
    JsonScan scan = JsonScan.of(value, shape.wanted());
    Target target = shape.target(record, scan.texts(), window);
    byte[] source = scan.multiline() ? onOneLine(value) : value;
    return new Prepared.Document(
        record,
        target.index(),
        target.id(),
        target.write(),
        source,
        scan.from(),
        source.length,
        false);
  }

  /** A raw line end can only stand between tokens: within a text it would not be JSON. */
  private static byte[] onOneLine(byte[] json) {
    byte[] line = Arrays.copyOf(json, json.length);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }
}
