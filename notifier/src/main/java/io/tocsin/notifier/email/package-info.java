/** Alerts as e-mail, and the only place that knows Jakarta Mail. */
@NullMarked
package io.tocsin.notifier.email;

import org.jspecify.annotations.NullMarked;
