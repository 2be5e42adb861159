/** How a Tocsin process lives: services that start, say whether they are ready, and stop. */
@NullMarked
package io.tocsin.bootstrap;

import org.jspecify.annotations.NullMarked;
