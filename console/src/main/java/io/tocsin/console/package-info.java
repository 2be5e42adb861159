/** The query API and the page that shows health, alerts and errors. */
@NullMarked
package io.tocsin.console;

import org.jspecify.annotations.NullMarked;
