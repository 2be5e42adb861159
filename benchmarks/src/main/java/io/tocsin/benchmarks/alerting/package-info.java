/** From a record on its topic to the transition that it tips, and how fast a backlog drains. */
@NullMarked
package io.tocsin.benchmarks.alerting;

import org.jspecify.annotations.NullMarked;
