/** Alerts as messages in Slack. */
@NullMarked
package io.tocsin.notifier.slack;

import org.jspecify.annotations.NullMarked;
