package io.tocsin.embedded;

import org.jspecify.annotations.Nullable;

/**
 * An embedded server or device could not start. The message is one line made for a terminal: what
 * failed, and what to do about it. The cause, when there is one, is for the log.
 */
public final class EmbeddedException extends RuntimeException {

  EmbeddedException(String message) {
    this(message, null);
  }

  EmbeddedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The innermost message of a failure on one line, for use inside a message of ours. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage();
    String name = root.getClass().getSimpleName();
    return text == null || text.isBlank()
        ? name
        : name + ": " + text.lines().findFirst().orElse("");
  }
}
