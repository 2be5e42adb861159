/** Index templates now; retention, snapshots and reindexing belong here too. */
@NullMarked
package io.tocsin.indexer.lifecycle;

import org.jspecify.annotations.NullMarked;
