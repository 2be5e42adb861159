/** {@code tocsin logs}: the console's search on the command line. */
@NullMarked
package io.tocsin.cli.logs;

import org.jspecify.annotations.NullMarked;
