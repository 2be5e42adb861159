package io.tocsin.agent.source;

/**
 * How a source fares.
 *
 * @param healthy whether it reads, or could if there were something to read
 * @param detail for people: what it reads, or why it cannot
 * @param records how many records it handed on since it was started
 */
public record SourceStatus(boolean healthy, String detail, long records) {}
