/** From a log file to the broker's acknowledgement: the agent, and the limit. */
@NullMarked
package io.tocsin.benchmarks.agent;

import org.jspecify.annotations.NullMarked;
