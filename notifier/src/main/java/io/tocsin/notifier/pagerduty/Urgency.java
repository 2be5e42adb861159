package io.tocsin.notifier.pagerduty;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.event.Alert.Severity;

/**
 * What our severities are called at PagerDuty, where the service's rules make urgencies of them.
 */
public record Urgency(
    @Default("critical") @Doc("PagerDuty's severity for high alerts") Level high,
    @Default("warning") @Doc("PagerDuty's severity for medium alerts") Level medium,
    @Default("info") @Doc("PagerDuty's severity for low alerts") Level low) {

  /** PagerDuty's severities. */
  public enum Level {
    CRITICAL,
    ERROR,
    WARNING,
    INFO
  }

  Level of(Severity severity) {
    return switch (severity) {
      case HIGH -> high;
      case MEDIUM -> medium;
      case LOW -> low;
    };
  }
}
