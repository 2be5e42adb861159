package io.tocsin.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.http.HttpCaller;
import io.tocsin.notifier.http.HttpReceiverContract;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReceiverTest extends HttpReceiverContract {

  private static final Instant NOW = Instant.parse("2025-12-10T12:00:09Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** Somebody who reads our documentation and trusts nobody. */
  @Override
  protected Reply answer(Call call) {
    Matcher signature =
        Pattern.compile("t=(\\d+),v1=([0-9a-f]{64})").matcher(call.header("Tocsin-Signature"));
    if (!signature.matches() || !isOurs(signature.group(1), call.body(), signature.group(2))) {
      return Reply.of(401, "");
    }
    if (!call.header("Authorization").equals("Bearer " + SECRET)
        || !call.header("Content-Type").startsWith("application/json")
        || call.header("Idempotency-Key").isEmpty()) {
      return Reply.of(400, "");
    }
    try {
      EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8));
      return Reply.of(202, "");
    } catch (MalformedEventException e) {
      return Reply.of(400, "");
    }
  }

  private static boolean isOurs(String time, String body, String hex) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] expected = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(expected).equals(hex);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Receiver receiver(URI service, HttpCaller caller, Duration timeout) {
    return receiver(service.toString(), null, EnumSet.allOf(Kind.class), caller, timeout);
  }

  private static Receiver receiver(
      String url, String body, Set<Kind> on, HttpCaller caller, Duration timeout) {
    Secret key = Secret.of(SECRET, "a test");
    return new WebhookReceiver(
        "restart",
        new WebhookReceiver.Settings(
            WebhookTarget.parse(url, false),
            on,
            WebhookBody.parse(body),
            Map.of("Authorization", Secret.of("Bearer " + SECRET, "a test")),
            key,
            timeout),
        Pace.FREE,
        caller,
        new Links(URI.create("http://console.example:8080")),
        CLOCK);
  }

  private void deliver(String path, String body, Set<Kind> on, Notification notification)
      throws InterruptedException {
    try (HttpCaller caller = new HttpCaller(CLOCK)) {
      Outcome outcome =
          receiver(server.uri("/") + path, body, on, caller, Duration.ofSeconds(30))
              .deliver(notification);
      assertThat(outcome).isEqualTo(Outcome.delivered());
    }
  }

  @Override
  protected Reply malformed() {
    return Reply.of(203, "<html>a proxy was here</html>");
  }

  @Test
  void theWholeAlertIsSentSignedAndWithAnIdentity() throws Exception {
    // When
    receiver.deliver(of(Kind.FIRING));
    receiver.deliver(of(Kind.FIRING));
    receiver.deliver(of(Kind.RESOLVED));

    // Then
    Call call = server.accepted().getFirst();
    Map<String, Object> said =
        EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8));
    assertThat(said)
        .containsEntry("receiver", "restart")
        .containsEntry("kind", "firing")
        .containsEntry(
            "link", "http://console.example:8080/?alert=4d90146c98ffb5c821298c48be141794")
        .containsKeys("version", "headline");
    assertThat((Map<?, ?>) said.get("alert"))
        .extracting("rule", "episode", "summary")
        .containsExactly(
            "api-error-burst",
            "4d90146c98ffb5c821298c48be141794@2025-12-10T12:00:05Z",
            "7 errors in 1m from api (api-error-burst 1)");
    assertThat(call.header("Tocsin-Signature")).startsWith("t=1765368009,v1=");
    assertThat(server.accepted())
        .extracting(each -> each.header("Idempotency-Key"))
        .containsExactly(
            "4d90146c98ffb5c821298c48be141794@2025-12-10T12:00:05Z/firing",
            "4d90146c98ffb5c821298c48be141794@2025-12-10T12:00:05Z/firing",
            "4d90146c98ffb5c821298c48be141794@2025-12-10T12:00:05Z/resolved");
  }

  @Test
  void anAddressAndABodyAreFilledIn() throws Exception {
    // Given: a service name that would like to be more than a name
    Notification hostile =
        new Notification(
            Kind.FIRING,
            Alerts.saying(
                Alerts.firing("r", 1), "r", "say \"hi\"\n\\", Map.of("service", "a/../b?c=d&e")),
            null);

    // When
    deliver(
        "units/{{group.service}}/restart?why={{ rule }}",
        "{\"unit\": \"{{group.service}}\", \"why\": \"{{summary}}\", \"none\": \"{{label.no}}\"}",
        EnumSet.allOf(Kind.class),
        hostile);

    // Then
    Call call = server.accepted().getFirst();
    assertThat(call.path()).isEqualTo("/units/a/../b?c=d&e/restart");
    assertThat(EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of("unit", "a/../b?c=d&e", "why", "say \"hi\"\n\\", "none", ""));
  }

  @ParameterizedTest
  @CsvSource({"., _", ".., __", "a/b, a%2Fb", "'a b', a%20b", "\u00fc, %C3%BC"})
  void aFieldIsOneStepOfAPath(String value, String step) {
    assertThat(io.tocsin.notifier.message.Escapes.url(value)).isEqualTo(step);
  }

  @Test
  void whatIsNotAskedForIsNotCalledAndCountsAsTold() throws Exception {
    deliver("stop", null, EnumSet.of(Kind.FIRING), of(Kind.RESOLVED));
    deliver("stop", null, EnumSet.of(Kind.FIRING), of(Kind.BRIEF));
    assertThat(server.calls()).isEmpty();
    deliver("stop", null, EnumSet.of(Kind.FIRING), of(Kind.FIRING));
    assertThat(server.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://worker.example/restart",
        "https://user:pass@worker.example/restart",
        "https://{{group.host}}/restart",
        "https://worker.example:{{group.port}}/restart",
        "{{summary}}",
        "https://worker.example/{{group.host",
        "https://worker.example/{{severty}}",
        "https://worker.example/a b",
        "restart",
      })
  void anAddressThatCannotWorkIsRefused(String url) {
    assertThatThrownBy(() -> WebhookTarget.parse(url, false))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("url: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"why\": {{summary}}}", "{\"why\": \"{{sumary}}\"}", "[]", "hello"})
  void aBodyThatCannotWorkIsRefused(String body) {
    assertThatThrownBy(() -> WebhookBody.parse(body))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("body: ");
  }

  @Test
  void anUnknownFieldIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> WebhookBody.parse("{\"why\": \"{{sumary}}\"}"))
        .hasMessageContaining("{{sumary}}")
        .hasMessageContaining("summary, threshold, value, window, group.NAME, label.NAME");
  }

  @Test
  void httpBeyondLoopbackIsForThoseWhoSaySo() {
    assertThat(WebhookTarget.parse("http://Worker:8000/restart", true).host()).isEqualTo("worker");
  }
}
