package io.tocsin.notifier.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpReceiverContract;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TelegramReceiverTest extends HttpReceiverContract {

  private static final String TOKEN = "123456:" + SECRET;
  private static final Set<String> KEYS =
      Set.of(
          "chat_id",
          "text",
          "parse_mode",
          "link_preview_options",
          "disable_notification",
          "reply_parameters");

  /** The Bot API's sendMessage, as documented. */
  @Override
  protected Reply answer(Call call) {
    if (!call.path().endsWith("/bot" + TOKEN + "/sendMessage")) {
      return error(404, "Not Found");
    }
    try {
      Map<String, Object> message =
          EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8));
      String wrong = wrong(message);
      return wrong.isEmpty()
          ? Reply.of(200, "{\"ok\":true,\"result\":{\"message_id\":4711}}")
          : error(400, "Bad Request: " + wrong);
    } catch (MalformedEventException e) {
      return error(400, "Bad Request: can't parse JSON");
    }
  }

  private static String wrong(Map<String, Object> message) {
    if (!KEYS.containsAll(message.keySet())) {
      return "unknown field";
    }
    String text = (String) message.get("text");
    String shown = text.replaceAll("</?(b|a)( href=\"[^\"<>]*\")?>", "");
    if (shown.matches("(?s).*[<>].*")
        || shown.replaceAll("&(amp|lt|gt|quot|#39);", "").contains("&")) {
      return "can't parse entities";
    }
    String plain = shown.replaceAll("&(amp|lt|gt|quot|#39);", "x");
    return plain.isBlank() ? "message text is empty" : plain.length() > 4_096 ? "too long" : "";
  }

  private static Reply error(int status, String description) {
    return Reply.of(
        status,
        "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"" + description + "\"}");
  }

  @Override
  protected Receiver receiver(URI service, HttpCaller caller, Duration timeout) {
    return new TelegramReceiver(
        "night-shift",
        service,
        Secret.of(TOKEN, "a test"),
        "-1001234",
        timeout,
        new Pace(1, Duration.ofSeconds(3)),
        caller,
        new Links(URI.create("http://console.example:8080")));
  }

  @Override
  protected Reply malformed() {
    return Reply.of(200, "{\"ok\":true}");
  }

  @Override
  protected Reply refusal() {
    return error(401, "Unauthorized: " + TOKEN);
  }

  private Map<String, Object> said() throws Exception {
    return EventCodec.decodeObject(
        server.accepted().getLast().body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFiringIsAMessageAndItsResolveAnswersIt() throws Exception {
    // When
    Outcome told = receiver.deliver(of(Kind.FIRING));
    String first = (String) said().get("text");
    receiver.deliver(new Notification(Kind.RESOLVED, of(Kind.RESOLVED).alert(), "4711"));

    // Then
    assertThat(told).isEqualTo(new Outcome.Delivered("4711"));
    assertThat(first)
        .isEqualTo(
            """
            \ud83d\udd34 <b>api-error-burst</b> firing
            7 errors in 1m from api (api-error-burst 1)
            service=api
            high, value 7, threshold 5, within 1m
            since 2025-12-10 12:00:05 UTC
            Runbook: docs/operations/runbook.md#api-errors
            <a href="http://console.example:8080/?alert=4d90146c98ffb5c821298c48be141794">Console</a>""");
    assertThat(said())
        .containsEntry("disable_notification", true)
        .extracting("reply_parameters")
        .extracting("allow_sending_without_reply")
        .isEqualTo(true);
  }

  @Test
  void howLongToWaitStandsInTheBody() throws Exception {
    server.next(
        Reply.of(
            429,
            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 5\","
                + "\"parameters\":{\"retry_after\":5}}"));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Retriable(Reason.RATE_LIMITED, Duration.ofSeconds(5)));
  }

  @Test
  void telegramsOwnWordIsKeptWithoutTheToken() throws Exception {
    server.next(refusal());
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Rejected(Reason.FORBIDDEN, "HTTP 401 Unauthorized: (the token)"));
  }
}
