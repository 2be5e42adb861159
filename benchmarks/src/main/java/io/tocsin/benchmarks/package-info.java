/** Measures Tocsin as ratios within one run; see docs/benchmarks.md. */
@NullMarked
package io.tocsin.benchmarks;

import org.jspecify.annotations.NullMarked;
