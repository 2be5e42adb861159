package io.tocsin.notifier;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.http.HttpEndpoint;
import java.time.Duration;

/** Somebody to be told. In a file: one key that names the kind. */
public sealed interface ReceiverConfig {

  /** A Slack channel through an incoming webhook. */
  @Doc("a Slack channel, through an incoming webhook")
  record Slack(
      @Doc("the webhook's address, which is a secret") Secret webhookUrl,
      @Default("5s") @Doc("how long to wait for Slack") Duration timeout,
      @Default("1s") @Doc("at least this long between two messages; Slack asks for a second")
          Duration every)
      implements ReceiverConfig {

    public Slack {
      HttpEndpoint.secret("webhook-url", webhookUrl);
      requireTimeout(timeout);
      InvalidValueException.require(
          !every.isNegative() && every.compareTo(Duration.ofHours(1)) <= 0,
          "every",
          every,
          "must be at most an hour");
    }
  }

  /** Lines on the terminal that the notifier runs in. */
  @Doc("lines on the notifier's own terminal")
  record Terminal() implements ReceiverConfig {}

  private static void requireTimeout(Duration timeout) {
    InvalidValueException.require(
        timeout.compareTo(Duration.ofMillis(100)) >= 0
            && timeout.compareTo(Duration.ofMinutes(1)) <= 0,
        "timeout",
        timeout,
        "must be between 100ms and 1m");
  }
}
