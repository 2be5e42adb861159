package io.tocsin.notifier.pipeline;

/**
 * A receiver that people read: in a storm it is told of many episodes in one message. Programs that
 * keep an account of each episode are always told one by one.
 */
public interface SummaryReceiver extends Receiver {

  /** Tells all of it at once; otherwise as {@link #deliver(Notification)}. */
  Outcome deliver(Summary summary) throws InterruptedException;
}
