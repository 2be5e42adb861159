/** Lines that another program pipes into the agent. */
@NullMarked
package io.tocsin.agent.source.stdin;

import org.jspecify.annotations.NullMarked;
