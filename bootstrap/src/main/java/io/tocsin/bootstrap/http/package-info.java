/** A small HTTP server on the JDK's own: routes, bounded bodies, event streams. */
@NullMarked
package io.tocsin.bootstrap.http;

import org.jspecify.annotations.NullMarked;
