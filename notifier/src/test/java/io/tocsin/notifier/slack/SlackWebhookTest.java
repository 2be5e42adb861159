package io.tocsin.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpReceiverContract;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackWebhookTest extends HttpReceiverContract {

  @Override
  protected Reply answer(Call call) {
    return SlackContract.answer(call);
  }

  @Override
  protected Receiver receiver(URI service, HttpCaller caller, Duration timeout) {
    return new SlackWebhook(
        "ops-slack",
        HttpEndpoint.secret("webhook-url", Secret.of(service.toString(), "a test")),
        timeout,
        new Pace(1, Duration.ofSeconds(1)),
        caller,
        new Links(URI.create("http://console.example:8080")));
  }

  @Override
  protected Reply malformed() {
    return Reply.of(200, "<html>Please sign in to the guest network</html>");
  }

  @ParameterizedTest
  @CsvSource({
    "404, no_service, NOT_FOUND",
    "404, channel_not_found, NOT_FOUND",
    "410, channel_is_archived, NOT_FOUND",
    "403, invalid_token, FORBIDDEN",
    "400, invalid_payload, BAD_REQUEST"
  })
  void slacksOwnWordIsKeptForPeople(int status, String word, Reason reason) throws Exception {
    server.next(Reply.of(status, word));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Rejected(reason, "HTTP " + status + " " + word));
  }

  @Test
  void aFiringSaysWhatAndSinceWhenAndWhatToDo() throws Exception {
    receiver.deliver(of(Kind.FIRING));
    assertThat(texts())
        .containsExactly(
            ":red_circle: *api-error-burst* firing\nservice=api",
            "7 errors in 1m from api (api-error-burst 1)",
            "high, value 7, threshold 5, within 1m ▮▮▮▮▮▮▮│▮▮▮, since"
                + " <!date^1765368005^{date_short_pretty} {time_secs}|2025-12-10T12:00:05.000Z>",
            "runbook: docs/operations/runbook.md#api-errors  "
                + "<http://console.example:8080/?alert=4d90146c98ffb5c821298c48be141794|console>"
                + "  <http://console.example:8080/#service=api&amp;since=24h|search>");
  }

  @Test
  void aResolveSaysHowLongItTook() throws Exception {
    receiver.deliver(of(Kind.RESOLVED));
    assertThat(texts().getFirst())
        .isEqualTo(":large_green_circle: *api-error-burst* resolved\nservice=api");
    assertThat(texts().get(2)).endsWith("(after 3m 10s)");
  }

  @Test
  void whatWasNeverToldIsToldInOne() throws Exception {
    receiver.deliver(of(Kind.BRIEF));
    assertThat(texts().getFirst())
        .isEqualTo(":white_circle: *api-error-burst* fired and resolved\nservice=api");
  }

  @SuppressWarnings("unchecked")
  private List<String> texts() throws Exception {
    String body = server.accepted().getFirst().body();
    List<Map<String, Object>> blocks =
        (List<Map<String, Object>>)
            EventCodec.decodeObject(body.getBytes(StandardCharsets.UTF_8)).get("blocks");
    return blocks.stream()
        .map(block -> block.containsKey("text") ? block.get("text") : elements(block).getFirst())
        .map(text -> ((Map<String, String>) text).get("text"))
        .toList();
  }

  private static List<?> elements(Map<String, Object> block) {
    return (List<?>) block.get("elements");
  }
}
