/** What campaigns stand on: processes that can be killed, and what is left behind. */
@NullMarked
package io.tocsin.faults.stage;

import org.jspecify.annotations.NullMarked;
