package io.tocsin.notifier.http;

import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface HttpAnswer {

  /**
   * There was an answer.
   *
   * @param body at most 8 KiB of it, as UTF-8
   * @param retryAfter what a {@code Retry-After} header asked for; null without one
   */
  record Answered(int status, String body, @Nullable Duration retryAfter) implements HttpAnswer {

    /**
     * What a status means where the service's contract says nothing else.
     *
     * @param detail for people: the service's own word
     */
    public Outcome byStatus(String detail) {
      return switch (status) {
        case 408, 425, 429 -> new Outcome.Retriable(Reason.RATE_LIMITED, retryAfter);
        case 401, 403 -> new Outcome.Rejected(Reason.FORBIDDEN, said(detail));
        case 404, 410 -> new Outcome.Rejected(Reason.NOT_FOUND, said(detail));
        default -> byClass(detail);
      };
    }

    private Outcome byClass(String detail) {
      return switch (status / 100) {
        case 3 -> new Outcome.Rejected(Reason.REDIRECTED, said(detail));
        case 4 -> new Outcome.Rejected(Reason.BAD_REQUEST, said(detail));
        case 5 -> new Outcome.Retriable(Reason.SERVER_ERROR, retryAfter);
        default -> new Outcome.Retriable(Reason.MALFORMED_ANSWER, null);
      };
    }

    private String said(String detail) {
      return detail.isEmpty() ? "HTTP " + status : "HTTP " + status + " " + detail;
    }
  }

  /** There was none. */
  record Failed(Reason reason) implements HttpAnswer {}
}
