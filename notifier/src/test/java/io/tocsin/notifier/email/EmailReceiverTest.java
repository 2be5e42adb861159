package io.tocsin.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.ReceiverContract;
import io.tocsin.notifier.email.EmailSettings.Tls;
import io.tocsin.notifier.email.SmtpServer.Script;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailReceiverTest extends ReceiverContract {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-12-10T12:00:09Z"), ZoneOffset.UTC);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static TestAuthority authority;

  private final SmtpServer server = new SmtpServer(authority.tls(), "tocsin", SECRET);

  @BeforeAll
  static void makeCertificate() throws Exception {
    authority = TestAuthority.in(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private EmailSettings settings(Tls tls, Path ca, String password, Duration timeout) {
    return new EmailSettings(
        "127.0.0.1",
        server.port(),
        tls,
        ca,
        "tocsin",
        Secret.of(password, "a test"),
        "Tocsin <tocsin@example.com>",
        List.of("ops@example.com", "Night Shift <night@example.com>"),
        timeout);
  }

  private static Receiver receiver(EmailSettings settings) {
    return new EmailReceiver(
        "ops-mail",
        settings,
        new Pace(1, Duration.ofSeconds(1)),
        new Links(URI.create("http://console.example:8080")),
        CLOCK);
  }

  @Override
  protected Receiver receiver(Duration timeout) {
    return receiver(settings(Tls.STARTTLS, authority.pem(), SECRET, timeout));
  }

  @Override
  protected void next(Trouble trouble) {
    server.next(
        switch (trouble) {
          case FAILS -> Script.BUSY;
          case REFUSES -> Script.UNKNOWN;
          case SILENT -> Script.SILENT;
          case STOPS_HALF_WAY -> Script.HALF;
          case HANGS_UP -> Script.HANG_UP;
          case TALKS_NONSENSE -> Script.NONSENSE;
        });
  }

  @Override
  protected void disappear() {
    server.close();
  }

  @Override
  protected int calls() {
    return server.connections();
  }

  @Override
  protected int taken() {
    assertThat(server.problems()).isEmpty();
    return server.mails().size();
  }

  @Test
  void aWrongPasswordIsRejected() throws Exception {
    assertThat(
            receiver(settings(Tls.STARTTLS, authority.pem(), "guess", PATIENT))
                .deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Rejected(Reason.FORBIDDEN, "SMTP 535"));
  }

  @Test
  void anUnknownAddressIsRejected() throws Exception {
    server.next(Script.UNKNOWN);
    assertThat(receiver.deliver(of(Kind.FIRING)))
        .isEqualTo(new Outcome.Rejected(Reason.NOT_FOUND, "SMTP 550"));
  }

  @Test
  void whoCanBeReachedIsToldWhoeverElseIsNot() throws Exception {
    server.next(Script.FIRST_UNKNOWN);
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.delivered());
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aServerThatNobodyVouchesForHearsNothing() throws Exception {
    assertThat(receiver(settings(Tls.STARTTLS, null, SECRET, PATIENT)).deliver(of(Kind.FIRING)))
        .isInstanceOf(Outcome.Retriable.class);
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aServerMayBePrivateFromTheFirstByte() throws Exception {
    server.next(Script.IMPLICIT);
    assertThat(
            receiver(settings(Tls.IMPLICIT, authority.pem(), SECRET, PATIENT))
                .deliver(of(Kind.FIRING)))
        .isEqualTo(Outcome.delivered());
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aPrivateServerThatNobodyVouchesForHearsNothing() throws Exception {
    server.next(Script.IMPLICIT);
    assertThat(receiver(settings(Tls.IMPLICIT, null, SECRET, PATIENT)).deliver(of(Kind.FIRING)))
        .isInstanceOf(Outcome.Retriable.class);
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aServerWithoutStarttlsHearsNothing() throws Exception {
    server.next(Script.PLAIN);
    assertThat(receiver.deliver(of(Kind.FIRING))).isEqualTo(Outcome.retriable(Reason.CONNECTION));
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aRepetitionHasTheSameIdAndAResolveRefersToIt() throws Exception {
    // When
    for (Kind kind : new Kind[] {Kind.FIRING, Kind.FIRING, Kind.RESOLVED}) {
      receiver.deliver(of(kind));
    }

    // Then
    List<String> mails = server.mails();
    String id = header(mails.get(0), "Message-ID");
    assertThat(id).matches("<[0-9a-f]{32}\\.firing@example\\.com>");
    assertThat(header(mails.get(1), "Message-ID")).isEqualTo(id);
    assertThat(header(mails.get(2), "Message-ID")).isNotEqualTo(id);
    assertThat(header(mails.get(2), "References")).isEqualTo(id);
  }

  private static String header(String mail, String name) {
    return mail.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  @Test
  void aRealServerHasItInTextAndInHtml() throws Exception {
    // Given
    GreenMail greenMail =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    greenMail.setUser("ops@example.com", "tocsin", SECRET);
    greenMail.start();
    try {
      // When
      EmailSettings settings =
          new EmailSettings(
              "127.0.0.1",
              greenMail.getSmtp().getPort(),
              Tls.NONE,
              null,
              "tocsin",
              Secret.of(SECRET, "a test"),
              "tocsin@example.com",
              List.of("ops@example.com"),
              PATIENT);
      Outcome outcome = receiver(settings).deliver(of(Kind.FIRING));

      // Then
      assertThat(outcome).isEqualTo(Outcome.delivered());
      MimeMessage mail = greenMail.getReceivedMessages()[0];
      assertThat(mail.getSubject())
          .isEqualTo("[firing] high api-error-burst: 7 errors in 1m from api (api-error-burst 1)");
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      Multipart parts = (Multipart) mail.getContent();
      assertThat(parts.getContentType()).startsWith("multipart/alternative");
      assertThat((String) parts.getBodyPart(0).getContent())
          .isEqualToNormalizingNewlines(
              """
              api-error-burst firing

              7 errors in 1m from api (api-error-burst 1)

              Rule: api-error-burst
              Severity: high
              About: service=api
              Measured: value 7, threshold 5, within 1m
              When: since 2025-12-10 12:00:05 UTC
              Runbook: docs/operations/runbook.md#api-errors
              Console: http://console.example:8080/?alert=4d90146c98ffb5c821298c48be141794
              Evidence: edge-01/api/1/42
              """);
      assertThat((String) parts.getBodyPart(1).getContent())
          .startsWith("<!doctype html>")
          .contains("<a href=\"http://console.example:8080/?alert=");
    } finally {
      greenMail.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mail example, 587, STARTTLS, u, t@example.com, o@example.com, host",
    "mail.example, 0, STARTTLS, u, t@example.com, o@example.com, port",
    "mail.example, 25, NONE, u, t@example.com, o@example.com, tls",
    "mail.example, 587, STARTTLS, , t@example.com, o@example.com, username",
    "mail.example, 587, STARTTLS, u, tocsin, o@example.com, from",
    "mail.example, 587, STARTTLS, u, t@example.com, 'o@example.com\r\nBcc: x@example.com', to",
  })
  void whatCannotWorkIsRefused(
      String host, int port, Tls tls, String user, String from, String to, String key) {
    assertThatThrownBy(
            () ->
                new EmailSettings(
                    host,
                    port,
                    tls,
                    null,
                    user,
                    Secret.of("x", "a test"),
                    from,
                    List.of(to),
                    PATIENT))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith(key + ": ");
  }
}
