/** Breaks the agent, its broker and its spool. */
@NullMarked
package io.tocsin.faults.agent;

import org.jspecify.annotations.NullMarked;
