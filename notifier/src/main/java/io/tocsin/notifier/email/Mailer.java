package io.tocsin.notifier.email;

import io.tocsin.notifier.pipeline.Outcome;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/** Speaks SMTP. Thread-safe. */
final class Mailer {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final EmailSettings settings;
  private final Clock clock;
  private final Session session;
  private final InternetAddress from;
  private final InternetAddress[] to;

  Mailer(EmailSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.session = Session.getInstance(properties(settings));
    this.from = EmailSettings.address("from", settings.from());
    this.to =
        settings.to().stream()
            .map(one -> EmailSettings.address("to", one))
            .toArray(InternetAddress[]::new);
  }

  private static Properties properties(EmailSettings settings) {
    String millis = Long.toString(settings.timeout().toMillis());
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "mail.transport.protocol",
            "smtp",
            "mail.smtp.connectiontimeout",
            millis,
            "mail.smtp.timeout",
            millis,
            "mail.smtp.writetimeout",
            millis,
            // Those who can be reached are told, whoever else is not.
            "mail.smtp.sendpartial",
            "true",
            "mail.smtp.quitwait",
            "false",
            "mail.smtp.ssl.checkserveridentity",
            "true",
            "mail.smtp.auth",
            Boolean.toString(settings.password() != null)));
    switch (settings.tls()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> properties.put("mail.smtp.starttls.enable", "false");
    }
    if (settings.caFile() != null) {
      SSLSocketFactory trusting = Trust.sockets(settings.caFile());
      properties.put("mail.smtp.ssl.socketFactory", trusting);
    }
    return properties;
  }

  Outcome send(EmailMessage message) {
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mail = mail(message);
      transport.connect(
          settings.host(),
          settings.portOrUsual(),
          settings.username(),
          settings.password() == null ? null : settings.password().reveal());
      transport.sendMessage(mail, to);
      return Outcome.delivered();
    } catch (MessagingException e) {
      return SmtpFailure.outcome(e);
    }
  }

  /** The mail byte for byte, but for its lines' ends. */
  String draft(EmailMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      mail(message).writeTo(bytes);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private MimeMessage mail(EmailMessage message) throws MessagingException {
    Identified mail = new Identified(session, id(message.identity().id()));
    mail.setFrom(from);
    mail.setRecipients(RecipientType.TO, to);
    mail.setSubject(message.subject(), UTF_8);
    mail.setSentDate(Date.from(clock.instant()));
    // Absence notices and lists' robots stay silent (RFC 3834).
    mail.setHeader("Auto-Submitted", "auto-generated");
    String answers = message.identity().answers();
    if (answers != null) {
      mail.setHeader("In-Reply-To", id(answers));
      mail.setHeader("References", id(answers));
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(message.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(message.html(), UTF_8, "html");
    mail.setContent(new MimeMultipart("alternative", text, html));
    mail.saveChanges();
    return mail;
  }

  private String id(String left) {
    String address = from.getAddress();
    return "<" + left + "@" + address.substring(address.lastIndexOf('@') + 1) + ">";
  }

  /** The library would number mails by itself. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
