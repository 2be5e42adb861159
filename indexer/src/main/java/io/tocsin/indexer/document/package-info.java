/** What a record becomes: an index, an id and the bytes as they came, or a reason why not. */
@NullMarked
package io.tocsin.indexer.document;

import org.jspecify.annotations.NullMarked;
