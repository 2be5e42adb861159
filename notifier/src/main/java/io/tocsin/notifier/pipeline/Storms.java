package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.time.Duration;

/** When so many alerts come that people are told in summaries. */
public record Storms(
    @Default("30") @Doc("more notifications than this are a storm") int over,
    @Default("1m") @Doc("within this time; a summary comes at most twice in it") Duration within) {

  public Storms {
    InvalidValueException.require(
        over >= 1 && over <= 10_000, "over", over, "must be from 1 to 10000");
    InvalidValueException.require(
        within.compareTo(Duration.ofSeconds(1)) >= 0 && within.compareTo(Duration.ofHours(1)) <= 0,
        "within",
        within,
        "must be between 1s and 1h");
  }
}
