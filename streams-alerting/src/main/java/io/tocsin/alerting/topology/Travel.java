package io.tocsin.alerting.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What is written on a record of the re-keyed topic, in its headers. Its key is what it is sharded
 * by; its value is the original record's, or health news.
 *
 * @param lane where it goes: the name of a lane, or {@link #HEALTH}
 * @param appendedAt when the original was appended to its topic
 */
record Travel(String lane, Instant appendedAt) {

  /** No lane has this name: all have a slash. */
  static final String HEALTH = "health";

  private static final String LANE = "tocsin-lane";
  private static final String APPENDED_AT = "tocsin-appended-at";

  Headers headers() {
    byte[] millis = ByteBuffer.allocate(Long.BYTES).putLong(appendedAt.toEpochMilli()).array();
    return new RecordHeaders()
        .add(LANE, lane.getBytes(StandardCharsets.UTF_8))
        .add(APPENDED_AT, millis);
  }

  /** Empty for a record that nobody here wrote. */
  static Optional<Travel> of(Headers headers) {
    Header lane = headers.lastHeader(LANE);
    Header at = headers.lastHeader(APPENDED_AT);
    if (lane == null || at == null || at.value().length != Long.BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new Travel(
            new String(lane.value(), StandardCharsets.UTF_8),
            Instant.ofEpochMilli(ByteBuffer.wrap(at.value()).getLong())));
  }
}
