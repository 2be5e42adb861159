/** Alerts to people and systems. Start at {@link io.tocsin.notifier.NotifierService}. */
@NullMarked
package io.tocsin.notifier;

import org.jspecify.annotations.NullMarked;
