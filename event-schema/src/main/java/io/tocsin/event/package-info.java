/** What flows through Tocsin, and its JSON on the wire: one object a record, UTF-8. */
@NullMarked
package io.tocsin.event;

import org.jspecify.annotations.NullMarked;
