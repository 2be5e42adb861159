/** The console over HTTP: the query API, the stream of events and the page. */
@NullMarked
package io.tocsin.console.web;

import org.jspecify.annotations.NullMarked;
