package io.tocsin.alerting.engine;

/**
 * What an engine has met since it was made.
 *
 * @param events records shown to it
 * @param lateIgnored records older than their window, once for each rule
 * @param duplicatesIgnored records whose id a rule had seen, once for each rule
 * @param lackingGroupBy records without a group-by field of a rule that would have seen them
 * @param groups groups remembered now, over all rules
 * @param groupsForgotten quiet groups that left, or new ones not taken in, because a rule had too
 *     many
 * @param valuesForgotten values that left a group's memory because it held too many
 */
public record EngineStats(
    long events,
    long lateIgnored,
    long duplicatesIgnored,
    long lackingGroupBy,
    long groups,
    long groupsForgotten,
    long valuesForgotten) {}
