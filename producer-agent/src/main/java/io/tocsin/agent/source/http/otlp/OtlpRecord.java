package io.tocsin.agent.source.http.otlp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log record and where it comes from, whichever way it was written. Values are text, {@link
 * Boolean}, {@link Long}, {@link java.math.BigDecimal}, lists, maps or null; bytes are in base64.
 *
 * @param timeNanos since 1970, unsigned; 0 for unknown
 * @param observedNanos likewise
 * @param severity 1 to 24; 0 for unknown
 * @param traceId 32 hexadecimal digits, or empty
 * @param spanId 16 hexadecimal digits, or empty
 */
record OtlpRecord(
    Map<String, @Nullable Object> resource,
    String scope,
    long timeNanos,
    long observedNanos,
    int severity,
    String severityText,
    String eventName,
    @Nullable Object body,
    Map<String, @Nullable Object> attributes,
    String traceId,
    String spanId) {}
