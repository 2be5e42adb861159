package io.tocsin.notifier.pipeline;

import java.util.Locale;

/** Why a notification was not delivered: a small set, fit to be a metric's label. */
public enum Reason {
  /** The receiver asked for patience (HTTP 429). */
  RATE_LIMITED,
  /** No answer in time; it may have been told all the same. */
  TIMEOUT,
  /** It could not be reached, or the connection broke. */
  CONNECTION,
  /** It failed (HTTP 5xx). */
  SERVER_ERROR,
  /** It answered what its contract does not know; it may have been told all the same. */
  MALFORMED_ANSWER,
  /** It sent us elsewhere; alerts do not follow redirects. */
  REDIRECTED,
  /** The address or channel is not there, or no longer. */
  NOT_FOUND,
  /** The credentials are not good, or not good enough. */
  FORBIDDEN,
  /** It does not take what we sent. */
  BAD_REQUEST,
  /** The message could not be made out of the alert. */
  NOT_RENDERED,
  /** It was tried for as long as the configuration says. */
  EXPIRED;

  /** In lower case, as metrics, logs and the delivery log have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
