/** {@code tocsin dead-letters}: what could not be handled, looked at, sent back or given up. */
@NullMarked
package io.tocsin.cli.deadletters;

import org.jspecify.annotations.NullMarked;
