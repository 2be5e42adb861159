package io.tocsin.notifier.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to tell a receiver. */
public sealed interface Outcome {

  /** A word out of a small set: {@code delivered}, or the reason why not. */
  String label();

  /**
   * The receiver has it.
   *
   * @param reference where it stands there (a message's address), for later updates; null when the
   *     receiver tells none. At most 200 characters, no secret.
   */
  record Delivered(@Nullable String reference) implements Outcome {
    @Override
    public String label() {
      return "delivered";
    }
  }

  /**
   * Of a {@link Notification.Kind#BRIEF} episode the receiver knows now that it began; that it is
   * over is to be told next, as to everybody who knows. A receiver that keeps an account of each
   * episode takes it in two steps, or else a crash between the second and its record would open
   * again what is closed.
   */
  record Opened() implements Outcome {
    @Override
    public String label() {
      return "opened";
    }
  }

  /**
   * Time may heal it.
   *
   * @param retryAfter the least the receiver wants to be left alone; null when it did not say
   */
  record Retriable(Reason reason, @Nullable Duration retryAfter) implements Outcome {
    @Override
    public String label() {
      return reason.label();
    }
  }

  /**
   * It will never be taken as it is.
   *
   * @param detail for people, such as the receiver's own word for it; no secret
   */
  record Rejected(Reason reason, String detail) implements Outcome {
    @Override
    public String label() {
      return reason.label();
    }
  }

  /** Delivered where nothing can be updated later. */
  static Outcome delivered() {
    return new Delivered(null);
  }

  /** Worth another try. */
  static Outcome retriable(Reason reason) {
    return new Retriable(reason, null);
  }
}
