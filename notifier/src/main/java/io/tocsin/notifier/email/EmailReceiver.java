package io.tocsin.notifier.email;

import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** People who are told by e-mail, through a server that takes mail for delivery. */
public final class EmailReceiver implements SummaryReceiver {

  private final String name;
  private final EmailSettings settings;
  private final Pace pace;
  private final Links links;
  private final Mailer mailer;

  /** Sends as the settings say; a connection for each mail. */
  public EmailReceiver(String name, EmailSettings settings, Pace pace, Links links, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.pace = pace;
    this.links = links;
    this.mailer = new Mailer(settings, clock);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public Outcome deliver(Notification notification) throws InterruptedException {
    return send(EmailMessage.of(notification, links));
  }

  @Override
  public Outcome deliver(Summary summary) throws InterruptedException {
    return send(EmailMessage.of(summary, links));
  }

  /** The mail as it would be handed over, and to whom; nothing is sent. No secret is in it. */
  public String draft(Notification notification) {
    return settings.host()
        + ":"
        + settings.portOrUsual()
        + " ("
        + settings.tls().name().toLowerCase(Locale.ROOT)
        + ")\n\n"
        + mailer.draft(EmailMessage.of(notification, links));
  }

  /**
   * The library's timeouts are for each read; a server that trickles would hold the lane. So the
   * whole has one timeout, at whose end the connection is broken off.
   */
  private Outcome send(EmailMessage message) throws InterruptedException {
    FutureTask<Outcome> sending = new FutureTask<>(() -> mailer.send(message));
    Thread.ofVirtual().name("tocsin-notifier-mail").start(sending);
    try {
      return sending.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Outcome.retriable(Reason.TIMEOUT);
    } catch (ExecutionException e) {
      // Only its kind: the text may quote what was configured.
      Throwable cause = e.getCause();
      throw new IllegalStateException(cause == null ? "" : cause.getClass().getName());
    } finally {
      sending.cancel(true);
    }
  }
}
