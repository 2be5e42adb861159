/** Rules validated, tested and back-tested from the command line. */
@NullMarked
package io.tocsin.cli.rules;

import org.jspecify.annotations.NullMarked;
