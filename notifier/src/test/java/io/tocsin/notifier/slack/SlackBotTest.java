package io.tocsin.notifier.slack;

import static io.tocsin.notifier.slack.SlackApiContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpReceiverContract;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Delivered;
import io.tocsin.notifier.pipeline.Outcome.Rejected;
import io.tocsin.notifier.pipeline.Outcome.Retriable;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import io.tocsin.notifier.slack.SlackApiContract.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackBotTest extends HttpReceiverContract {

  private static final String TOKEN = "xoxb-1-2-" + SECRET;

  private final SlackApiContract slack = new SlackApiContract(TOKEN, false);

  @Override
  protected Reply answer(Call call) {
    return slack.answer(call);
  }

  @Override
  protected Receiver receiver(URI service, HttpCaller caller, Duration timeout) {
    return new SlackBot(
        "ops-slack",
        new SlackApi(service, Secret.of(TOKEN, "a test"), timeout, caller),
        "#ops",
        new Pace(1, Duration.ofSeconds(1)),
        new Links(URI.create("http://console.example:8080")));
  }

  @Override
  protected Reply malformed() {
    return Reply.of(200, "{\"ok\":true}");
  }

  @Override
  protected Reply refusal() {
    return refused("invalid_auth of " + SECRET);
  }

  @Test
  void aResolveChangesTheFiringsMessageInPlace() throws Exception {
    // When
    String reference = tell(Kind.FIRING, null);
    String after = tell(Kind.RESOLVED, reference);

    // Then
    assertThat(reference).isEqualTo("C024BE91L/1765368005.000100").isEqualTo(after);
    assertThat(slack.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).startsWith("[resolved] high api-error-burst");
              assertThat(message.blocks().getFirst().toString())
                  .contains(":large_green_circle: *api-error-burst* resolved");
              assertThat(message.edits()).isOne();
            });
  }

  @Test
  void whoTakesCareStandsInTheMessageUntilItIsOverAndAfterwards() throws Exception {
    // Given
    String reference = tell(Kind.FIRING, null);
    Alert firing = of(Kind.FIRING).alert();
    Acknowledgement ack =
        new Acknowledgement(firing.episode(), "Ayşe <!here>", "on it", Alerts.START);

    // When
    receiver.deliver(Notification.acknowledged(firing, reference, ack));
    Message acknowledged = slack.messages().getFirst();
    receiver.deliver(Notification.resolved(of(Kind.RESOLVED).alert(), reference, ack));

    // Then
    assertThat(acknowledged.text()).startsWith("[acknowledged] high api-error-burst");
    assertThat(acknowledged.blocks().toString())
        .contains(":large_blue_circle:", "plain_text", "Ayşe <!here> takes care: on it");
    assertThat(slack.messages()).hasSize(1);
    assertThat(slack.messages().getFirst().blocks().toString())
        .contains("resolved", "Ayşe <!here> took care");
  }

  @Test
  void thatItStillFiresIsSaidInItsThreadAndItsEndInItsPlace() throws Exception {
    // Given
    String reference = tell(Kind.FIRING, null);

    // When
    Outcome again = receiver.deliver(Notification.repeated(of(Kind.FIRING).alert(), reference, 1));
    tell(Kind.RESOLVED, ((Delivered) again).reference());

    // Then
    assertThat(texts()).containsExactly("[resolved]", "[still");
    Message repeated = slack.messages().getLast();
    assertThat(repeated.thread()).isEqualTo("1765368005.000100");
    assertThat(repeated.broadcast()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"message_not_found", "cant_update_message", "edit_window_closed"})
  void aMessageThatCannotBeChangedAnyMoreIsPostedAnew(String error) throws Exception {
    // Given
    String reference = tell(Kind.FIRING, null);
    server.next(refused(error));

    // When
    String anew = tell(Kind.RESOLVED, reference);

    // Then
    assertThat(anew).isNotEqualTo(reference);
    assertThat(texts()).containsExactly("[firing]", "[resolved]");
  }

  @Test
  void aMessageThatSomebodyDeletedIsPostedAnew() throws Exception {
    // Given
    String reference = tell(Kind.FIRING, null);
    slack.delete("1765368005.000100");

    // When
    tell(Kind.RESOLVED, reference);

    // Then
    assertThat(texts()).containsExactly("[resolved]");
  }

  @Test
  void whatIsOverIsToldAnewWhereTheMessageIsUnknown() throws Exception {
    tell(Kind.RESOLVED, null);
    tell(Kind.RESOLVED, "not an address of ours");
    assertThat(texts()).containsExactly("[resolved]", "[resolved]");
  }

  @Test
  void theEndOfAnEpisodeOfASummaryStandsInItsThread() throws Exception {
    // Given
    Notification other = new Notification(Kind.FIRING, Alerts.firing("x", 2), null);
    Outcome told =
        ((SummaryReceiver) receiver).deliver(new Summary(List.of(of(Kind.FIRING), other)));
    String summary = ((Delivered) told).reference();

    // When
    String after = tell(Kind.RESOLVED, summary);

    // Then
    assertThat(summary).isEqualTo("C024BE91L/1765368005.000100/summary").isEqualTo(after);
    Message answer = slack.messages().getLast();
    assertThat(answer.text()).startsWith("[resolved]");
    assertThat(answer.thread()).isEqualTo("1765368005.000100");
    assertThat(slack.messages().getFirst().edits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"msg_too_long", "msg_blocks_too_long", "invalid_blocks"})
  void anAlertWhoseFormIsNotTakenIsToldInPlainWords(String error) throws Exception {
    // Given
    server.next(refused(error));

    // When
    String reference = tell(Kind.FIRING, null);
    server.next(refused(error));
    tell(Kind.RESOLVED, reference);

    // Then
    assertThat(slack.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).startsWith("[resolved]");
              assertThat(message.blocks()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, NOT_FOUND",
    "not_in_channel, NOT_FOUND",
    "is_archived, NOT_FOUND",
    "invalid_auth, FORBIDDEN",
    "token_revoked, FORBIDDEN",
    "missing_scope, FORBIDDEN",
    "restricted_action_read_only_channel, FORBIDDEN",
    "no_text, BAD_REQUEST",
    "a_word_of_next_year, BAD_REQUEST"
  })
  void eachOfSlacksWordsHasItsReason(String error, Reason reason) throws Exception {
    server.next(refused(error));
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(new Rejected(reason, error));
  }

  @ParameterizedTest
  @CsvSource({
    "ratelimited, RATE_LIMITED",
    "rate_limited, RATE_LIMITED",
    "message_limit_exceeded, RATE_LIMITED",
    "internal_error, SERVER_ERROR",
    "fatal_error, SERVER_ERROR",
    "service_unavailable, SERVER_ERROR"
  })
  void whatTimeMayHealIsTriedAgain(String error, Reason reason) throws Exception {
    server.next(Reply.of(200, "{\"ok\":false,\"error\":\"" + error + "\"}", "Retry-After", "7"));
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Retriable(reason, Duration.ofSeconds(7)));
  }

  @Test
  void anUpdateThatIsLimitedWaitsAndIsNotPostedAnew() throws Exception {
    // Given
    String reference = tell(Kind.FIRING, null);
    server.next(Reply.of(429, "{\"ok\":false,\"error\":\"ratelimited\"}", "Retry-After", "3"));

    // When
    Outcome outcome = receiver.deliver(notification(Kind.RESOLVED, reference));

    // Then
    assertThat(outcome).isEqualTo(new Retriable(Reason.RATE_LIMITED, Duration.ofSeconds(3)));
    assertThat(texts()).containsExactly("[firing]");
  }

  @Test
  void anotherBotsTokenIsForbidden() throws Exception {
    try (HttpCaller caller = new HttpCaller(Clock.systemUTC())) {
      Secret other = Secret.of("xoxb-other", "a test");
      SlackApi api = new SlackApi(server.uri("/api"), other, Duration.ofSeconds(30), caller);
      assertThat(
              new SlackBot("x", api, "#ops", Pace.FREE, new Links(null)).deliver(of(Kind.FIRING)))
          .isEqualTo(new Rejected(Reason.FORBIDDEN, "invalid_auth"));
    }
  }

  @Test
  void aMessageShowsHowFarItIsAndLeadsToWhatIsKnown() throws Exception {
    tell(Kind.FIRING, null);
    Map<String, Object> sent =
        EventCodec.decodeObject(
            server.accepted().getFirst().body().getBytes(StandardCharsets.UTF_8));
    assertThat(sent).containsEntry("channel", "#ops").containsEntry("unfurl_links", false);
    assertThat(sent.get("blocks").toString())
        .contains(
            "high, value 7, threshold 5, within 1m ▮▮▮▮▮▮▮│▮▮▮, since <!date^",
            "runbook: docs/operations/runbook.md#api-errors",
            "|console>",
            "<http://console.example:8080/#service=api&amp;since=24h|search>");
  }

  private String tell(Kind kind, String reference) throws Exception {
    Outcome outcome = receiver.deliver(notification(kind, reference));
    assertThat(outcome).isInstanceOf(Delivered.class);
    return ((Delivered) outcome).reference();
  }

  private static Notification notification(Kind kind, String reference) {
    return new Notification(kind, of(kind).alert(), reference);
  }

  /** The first word of each message in the channel. */
  private List<String> texts() {
    return slack.messages().stream().map(message -> message.text().split(" ", 2)[0]).toList();
  }
}
