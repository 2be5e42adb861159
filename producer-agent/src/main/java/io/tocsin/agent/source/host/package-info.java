/**
 * The machine the agent runs on. {@link io.tocsin.agent.source.host.HostSource} is the front; this
 * is the only package that knows OSHI.
 */
@NullMarked
package io.tocsin.agent.source.host;

import org.jspecify.annotations.NullMarked;
