/** Calls to receivers over HTTP: no redirects, bounded answers, no address in any message. */
@NullMarked
package io.tocsin.notifier.http;

import org.jspecify.annotations.NullMarked;
