package io.tocsin.console.live;

/**
 * Something new, for whoever watches.
 *
 * @param type {@code alert}, {@code health}, {@code log}, {@code telemetry}, {@code stats} or
 *     {@code dropped}
 * @param json one line of JSON
 */
@SuppressWarnings("ArrayRecordComponent") // written to clients, never compared
public record LiveEvent(String type, byte[] json) {}
