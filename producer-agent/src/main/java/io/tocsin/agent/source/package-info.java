/** What a source is to the agent: it is started, reports how it fares, and is closed. */
@NullMarked
package io.tocsin.agent.source;

import org.jspecify.annotations.NullMarked;
