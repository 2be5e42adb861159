package io.tocsin.agent;

/**
 * What taking a new file came to.
 *
 * @param kept sources that went on untouched
 * @param opened sources that are new, or whose configuration is
 * @param closed sources that were taken out, or whose configuration changed
 */
public record Reload(int kept, int opened, int closed) {}
