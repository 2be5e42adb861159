package io.tocsin.notifier.pipeline;

/**
 * Somebody or something that is told. Called by one thread at a time.
 *
 * <p>Being told is at-least-once: after a crash between the call and its record, the same
 * notification comes again. A receiver that can tell by the episode hands that identity on.
 */
public interface Receiver {

  /** Its name in the configuration: lower case, digits and hyphens. */
  String name();

  /** How often it may be called. */
  Pace pace();

  /**
   * Tells it, and waits for its answer: at most as long as its configured timeout. Trouble is an
   * outcome, not an exception; neither may hold a secret.
   */
  Outcome deliver(Notification notification) throws InterruptedException;
}
