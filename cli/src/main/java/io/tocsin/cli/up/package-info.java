/** The whole platform in one process. */
@NullMarked
package io.tocsin.cli.up;

import org.jspecify.annotations.NullMarked;
