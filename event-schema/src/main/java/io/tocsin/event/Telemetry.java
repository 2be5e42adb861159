package io.tocsin.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measurement of a device, a host or a probe, on {@code tocsin.telemetry}.
 *
 * @param ts when it was measured
 * @param service the service the device belongs to
 * @param device what was measured; also the record's key
 * @param kind what sort of measurement: {@code stat}, {@code host} or {@code probe}
 * @param values name to {@link Number} or {@link String}
 * @param meta anything else
 * @param host the machine it was read on
 * @param id the {@linkplain SourceId source identity}
 */
public record Telemetry(
    Instant ts,
    String service,
    String device,
    String kind,
    Map<String, @Nullable Object> values,
    Map<String, @Nullable Object> meta,
    @Nullable String host,
    @Nullable String id) {}
