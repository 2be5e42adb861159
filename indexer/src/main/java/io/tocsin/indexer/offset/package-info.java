/** Which offsets may be committed, whatever order records are settled in. */
@NullMarked
package io.tocsin.indexer.offset;

import org.jspecify.annotations.NullMarked;
