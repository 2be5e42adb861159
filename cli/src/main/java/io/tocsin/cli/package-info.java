/** The tocsin command: parses, builds, starts and waits. */
@NullMarked
package io.tocsin.cli;

import org.jspecify.annotations.NullMarked;
