package io.tocsin.topics;

/**
 * A difference that no step can mend.
 *
 * @param topic the topic's name
 * @param text what differs, why it stays so, and what to do
 */
public record Warning(String topic, String text) {}
