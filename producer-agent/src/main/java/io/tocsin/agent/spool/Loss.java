package io.tocsin.agent.spool;

/**
 * Records that the spool gave up. Every one of them is declared as a log event.
 *
 * @param reason {@code full}, {@code corrupt} or {@code torn_tail}; fit to count by
 * @param from the first sequence of the range it happened in
 * @param to the last one; the range may hold records that were kept
 * @param records how many were lost; -1 when that cannot be known
 * @param detail for people
 */
public record Loss(String reason, long from, long to, long records, String detail) {}
