/**
 * Probes: is a service there, how fast does it answer, how long is its certificate good. {@link
 * io.tocsin.agent.source.probe.ProbeSource} is the front.
 */
@NullMarked
package io.tocsin.agent.source.probe;

import org.jspecify.annotations.NullMarked;
