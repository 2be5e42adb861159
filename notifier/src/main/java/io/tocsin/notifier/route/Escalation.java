package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.time.Duration;

/** Who else is told of what nobody takes care of. */
public record Escalation(
    @Doc("how long after it fires, while nobody acknowledges it") Duration after,
    @Doc("a receiver") String to) {

  public Escalation {
    InvalidValueException.require(
        after.compareTo(Duration.ofSeconds(1)) >= 0 && after.compareTo(Duration.ofDays(7)) <= 0,
        "after",
        after,
        "must be between 1s and 7d");
  }
}
