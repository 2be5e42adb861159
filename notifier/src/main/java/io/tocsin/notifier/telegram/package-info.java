/** Alerts as messages of a Telegram bot. */
@NullMarked
package io.tocsin.notifier.telegram;

import org.jspecify.annotations.NullMarked;
