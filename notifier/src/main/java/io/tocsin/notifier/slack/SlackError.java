package io.tocsin.notifier.slack;

import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Rejected;
import io.tocsin.notifier.pipeline.Outcome.Retriable;
import io.tocsin.notifier.pipeline.Reason;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words that the Web API answers with {@code "ok": false}, and what they mean for us.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">errors of
 *     chat.postMessage</a>
 * @see <a href="https://docs.slack.dev/reference/methods/chat.update#errors">errors of
 *     chat.update</a>
 */
final class SlackError {

  private static final Set<String> LIMITED =
      Set.of("ratelimited", "rate_limited", "message_limit_exceeded");

  private static final Set<String> FAILING =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org",
          "external_channel_migrating",
          "update_failed");

  private static final Set<String> NOT_FOUND =
      Set.of(
          "channel_not_found",
          "is_archived",
          "is_inactive",
          "not_in_channel",
          "team_not_found",
          "messages_tab_disabled",
          "message_not_found",
          "thread_not_found");

  private static final Set<String> FORBIDDEN =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_expired",
          "token_revoked",
          "no_permission",
          "missing_scope",
          "not_allowed_token_type",
          "access_denied",
          "accesslimited",
          "ekm_access_denied",
          "enterprise_is_restricted",
          "org_login_required",
          "team_access_not_granted",
          "two_factor_setup_required");

  /** The message is gone, or nobody may change it any more: what it says must be said anew. */
  private static final Set<String> UNCHANGEABLE =
      Set.of(
          "message_not_found",
          "cant_update_message",
          "edit_window_closed",
          "thread_not_found",
          "cannot_reply_to_message",
          "restricted_action_thread_locked",
          "is_inactive",
          "channel_not_found",
          "not_in_channel",
          "is_archived");

  /** It is the form that is not taken; the text alone may be. */
  private static final Set<String> FORM =
      Set.of(
          "msg_too_long",
          "msg_blocks_too_long",
          "invalid_blocks",
          "invalid_blocks_format",
          "block_mismatch");

  private SlackError() {}

  /**
   * What it means where nothing else can be tried.
   *
   * @param retryAfter what the answer asked for; null when it did not say
   */
  static Outcome outcome(String error, @Nullable Duration retryAfter) {
    if (LIMITED.contains(error)) {
      return new Retriable(Reason.RATE_LIMITED, retryAfter);
    }
    if (FAILING.contains(error)) {
      return new Retriable(Reason.SERVER_ERROR, retryAfter);
    }
    return new Rejected(reason(error), error);
  }

  private static Reason reason(String error) {
    if (NOT_FOUND.contains(error)) {
      return Reason.NOT_FOUND;
    }
    return FORBIDDEN.contains(error) || error.startsWith("restricted_action")
        ? Reason.FORBIDDEN
        : Reason.BAD_REQUEST;
  }

  /** Whether a message that was to be changed or answered has to be posted anew instead. */
  static boolean asksForANewMessage(String error) {
    return UNCHANGEABLE.contains(error);
  }

  /** Whether a message without any blocks may be taken. */
  static boolean asksForAPlainMessage(String error) {
    return FORM.contains(error);
  }
}
