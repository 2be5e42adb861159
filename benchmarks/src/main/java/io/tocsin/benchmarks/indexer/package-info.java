/** From Kafka into OpenSearch: the indexer, the limit and another way to do it. */
@NullMarked
package io.tocsin.benchmarks.indexer;

import org.jspecify.annotations.NullMarked;
