/** Questions to OpenSearch, and the only place of the console that knows its client. */
@NullMarked
package io.tocsin.console.search;

import org.jspecify.annotations.NullMarked;
