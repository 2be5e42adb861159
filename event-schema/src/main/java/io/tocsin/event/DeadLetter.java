package io.tocsin.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be handled, kept whole, on {@code tocsin.dead-letters}.
 *
 * @param ts when it was given up
 * @param topic where it came from; null when it never reached a topic
 * @param partition its partition; -1 when it has none
 * @param offset its offset; -1 when it has none
 * @param stage who gave it up: {@code agent}, {@code alerting}, {@code indexer} or {@code notifier}
 * @param reason a short, bounded key for counting, such as {@code not_json}
 * @param detail the reason for people
 * @param key the original key; null when it had none
 * @param bytes the original value, untouched; null for a tombstone
 * @param headers the original headers, values as text
 * @param id the record's source identity, where it is known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by topic, partition and offset, never by bytes
public record DeadLetter(
    Instant ts,
    @Nullable String topic,
    int partition,
    long offset,
    String stage,
    String reason,
    String detail,
    byte @Nullable [] key,
    byte @Nullable [] bytes,
    Map<String, String> headers,
    @Nullable String id) {}
