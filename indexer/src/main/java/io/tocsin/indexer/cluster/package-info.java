/** The only place that knows the OpenSearch client library. */
@NullMarked
package io.tocsin.indexer.cluster;

import org.jspecify.annotations.NullMarked;
