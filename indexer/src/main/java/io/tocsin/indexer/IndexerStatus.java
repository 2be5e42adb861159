package io.tocsin.indexer;

/**
 * What the indexer has done since it was started, and what is left.
 *
 * @param indexed documents that came into being
 * @param duplicates documents that were there already
 * @param deadLetters records that could not become documents and are kept as dead letters
 * @param lag records on the topics that are not settled yet, as far as is known
 */
public record IndexerStatus(long indexed, long duplicates, long deadLetters, long lag) {}
