/**
 * Index templates, and what becomes of indices that rest: see {@link
 * io.tocsin.indexer.lifecycle.Lifecycle}.
 */
@NullMarked
package io.tocsin.indexer.lifecycle;

import org.jspecify.annotations.NullMarked;
