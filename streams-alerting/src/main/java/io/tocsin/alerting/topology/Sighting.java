package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EventRecord;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * An event as it was read.
 *
 * @param record what it was read from
 * @param from where that stands
 * @param appendedAt when it was appended to the topic it was first on
 */
record Sighting(
    EventRecord event, Record<byte[], byte[]> record, RecordMetadata from, Instant appendedAt) {}
