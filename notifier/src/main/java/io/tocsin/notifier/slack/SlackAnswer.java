package io.tocsin.notifier.slack;

import io.tocsin.notifier.pipeline.Outcome;

/** What came of a call of the Web API. */
sealed interface SlackAnswer {

  /** It is done, and the message stands there. */
  record Done(SlackAddress at) implements SlackAnswer {}

  /**
   * Slack understood and does not want it.
   *
   * @param error its own word for why, such as {@code channel_not_found}
   * @param outcome what that means where nothing else can be tried
   */
  record Refused(String error, Outcome outcome) implements SlackAnswer {}

  /** There was no such answer: no connection, a limit, a failure, a stranger. */
  record Otherwise(Outcome outcome) implements SlackAnswer {}
}
