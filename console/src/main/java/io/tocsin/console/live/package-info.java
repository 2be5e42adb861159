/** What happens now: views of compacted topics held in memory, and a feed of what is new. */
@NullMarked
package io.tocsin.console.live;

import org.jspecify.annotations.NullMarked;
