package io.tocsin.agent.parse.frame;

import java.util.Locale;

/** Why a frame was not taken; {@link #label} is the metric's label. */
public enum Rejection {
  /** It grew beyond {@code max-bytes} without an end. */
  TOO_LONG,
  /** Another began, or the stream ended, before its end. */
  TRUNCATED,
  /** It breaks the rules of its encoding (COBS, SLIP). */
  BAD_ENCODING,
  BAD_CHECKSUM,
  /** It holds bytes that are no text of its format. */
  NOT_TEXT,
  /** It is text, but not in its format. */
  UNPARSED,
  /** Its pattern took too long, or too deep a search, to say whether it fits. */
  TOO_SLOW;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** In lower case, with underscores. */
  public String label() {
    return label;
  }
}
