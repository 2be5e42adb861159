/** {@code tocsin indexer setup|lifecycle|reindex}: indices as the operator sees them. */
@NullMarked
package io.tocsin.cli.indexer;

import org.jspecify.annotations.NullMarked;
