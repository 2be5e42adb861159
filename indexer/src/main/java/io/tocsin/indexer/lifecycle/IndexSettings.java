package io.tocsin.indexer.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * What the templates leave to the configuration.
 *
 * @param shards of each new index, at least 1
 * @param replicas of each new index; null for one where there is a second node to hold it
 */
public record IndexSettings(int shards, @Nullable Integer replicas) {}
