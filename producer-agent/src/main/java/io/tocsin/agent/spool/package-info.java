/**
 * The agent's memory: a bounded log of segments on the disk, for what cannot be read a second time.
 */
@NullMarked
package io.tocsin.agent.spool;

import org.jspecify.annotations.NullMarked;
