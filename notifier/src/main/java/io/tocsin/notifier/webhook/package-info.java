/** Alerts as signed JSON for programs. */
@NullMarked
package io.tocsin.notifier.webhook;

import org.jspecify.annotations.NullMarked;
