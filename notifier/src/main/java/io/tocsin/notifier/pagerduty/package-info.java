/** Alerts as incidents at PagerDuty. */
@NullMarked
package io.tocsin.notifier.pagerduty;

import org.jspecify.annotations.NullMarked;
