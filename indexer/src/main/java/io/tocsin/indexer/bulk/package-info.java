/** Bulk requests whose outcome is data, document by document. */
@NullMarked
package io.tocsin.indexer.bulk;

import org.jspecify.annotations.NullMarked;
