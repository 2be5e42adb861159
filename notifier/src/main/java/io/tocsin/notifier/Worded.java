package io.tocsin.notifier;

import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;

/** A receiver that is told in the operator's words: they stand where the summary would. */
class Worded implements Receiver {

  private final Receiver receiver;
  private final Template wording;
  private final Links links;

  private Worded(Receiver receiver, Template wording, Links links) {
    this.receiver = receiver;
    this.wording = wording;
    this.links = links;
  }

  /** Of a receiver that is told of many episodes at once, one that is so too. */
  static Receiver of(Receiver receiver, Template wording, Links links) {
    return receiver instanceof SummaryReceiver reader
        ? new Reader(reader, wording, links)
        : new Worded(receiver, wording, links);
  }

  static Notification said(Notification notification, Template wording, Links links) {
    return notification.with(notification.alert().withSummary(wording.render(notification, links)));
  }

  @Override
  public String name() {
    return receiver.name();
  }

  @Override
  public Pace pace() {
    return receiver.pace();
  }

  @Override
  public Outcome deliver(Notification notification) throws InterruptedException {
    return receiver.deliver(said(notification, wording, links));
  }

  private static final class Reader extends Worded implements SummaryReceiver {

    private final SummaryReceiver reader;

    Reader(SummaryReceiver reader, Template wording, Links links) {
      super(reader, wording, links);
      this.reader = reader;
    }

    /** Told as it is: a summary counts by rule, and shows one of each as an example. */
    @Override
    public Outcome deliver(Summary summary) throws InterruptedException {
      return reader.deliver(summary);
    }
  }
}
