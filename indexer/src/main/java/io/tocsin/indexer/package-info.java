/**
 * From Kafka into OpenSearch: every record is settled once, as a document or as a dead letter.
 * {@link io.tocsin.indexer.IndexerService} is the front.
 */
@NullMarked
package io.tocsin.indexer;

import org.jspecify.annotations.NullMarked;
