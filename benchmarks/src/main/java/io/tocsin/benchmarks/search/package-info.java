/** Questions about many documents. */
@NullMarked
package io.tocsin.benchmarks.search;

import org.jspecify.annotations.NullMarked;
