/** What people change through the console: silences and acknowledgements. */
@NullMarked
package io.tocsin.console.change;

import org.jspecify.annotations.NullMarked;
