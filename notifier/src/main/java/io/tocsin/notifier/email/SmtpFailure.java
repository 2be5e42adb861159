package io.tocsin.notifier.email;

import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Rejected;
import io.tocsin.notifier.pipeline.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the library means. Of what the server said only its code is kept: the text may
 * quote anything.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC 5321, 4.2: replies</a>
 */
final class SmtpFailure {

  private static final Pattern CODE = Pattern.compile("^\\s*([245]\\d\\d)\\b");

  private SmtpFailure() {}

  static Outcome outcome(MessagingException failure) {
    if (failure instanceof SendFailedException partly
        && partly.getValidSentAddresses() != null
        && partly.getValidSentAddresses().length > 0) {
      return Outcome.delivered();
    }
    List<Throwable> chain = chain(failure);
    for (Throwable each : chain) {
      if (each instanceof SocketTimeoutException) {
        return Outcome.retriable(Reason.TIMEOUT);
      }
    }
    int code = chain.stream().mapToInt(SmtpFailure::code).filter(c -> c > 0).findFirst().orElse(-1);
    if (code < 0 && failure instanceof AuthenticationFailedException) {
      return new Rejected(Reason.FORBIDDEN, "the login was refused");
    }
    return outcome(code);
  }

  private static Outcome outcome(int code) {
    return switch (code / 100) {
      case 4 -> Outcome.retriable(Reason.SERVER_ERROR);
      case 5 -> new Rejected(reason(code), "SMTP " + code);
      default -> Outcome.retriable(Reason.CONNECTION);
    };
  }

  private static Reason reason(int code) {
    return switch (code) {
      case 530, 534, 535, 538 -> Reason.FORBIDDEN;
      case 550, 551, 553 -> Reason.NOT_FOUND;
      default -> Reason.BAD_REQUEST;
    };
  }

  private static int code(Throwable failure) {
    return switch (failure) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException send -> send.getReturnCode();
      default -> leading(failure.getMessage());
    };
  }

  private static int leading(@Nullable String message) {
    Matcher code = CODE.matcher(message == null ? "" : message);
    return code.find() ? Integer.parseInt(code.group(1)) : -1;
  }

  /** The library chains its failures in a way of its own. */
  private static List<Throwable> chain(MessagingException failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable next = failure;
    while (next != null && chain.size() < 20) {
      chain.add(next);
      next = next instanceof MessagingException mail ? mail.getNextException() : next.getCause();
    }
    return chain;
  }
}
