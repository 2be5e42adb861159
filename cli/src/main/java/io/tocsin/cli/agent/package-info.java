/** Commands that look after an agent: its files, its memory, its folder for the edge. */
@NullMarked
package io.tocsin.cli.agent;

import org.jspecify.annotations.NullMarked;
