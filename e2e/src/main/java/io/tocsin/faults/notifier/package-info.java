/** Kills the notifier while its receivers fail now and then. */
@NullMarked
package io.tocsin.faults.notifier;

import org.jspecify.annotations.NullMarked;
