/** Kills the indexer and what it stands on, and counts documents and dead letters. */
@NullMarked
package io.tocsin.faults.indexer;

import org.jspecify.annotations.NullMarked;
