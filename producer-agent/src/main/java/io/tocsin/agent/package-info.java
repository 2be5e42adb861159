/** The agent: its file, its sources and their way to the broker, as one service. */
@NullMarked
package io.tocsin.agent;

import org.jspecify.annotations.NullMarked;
