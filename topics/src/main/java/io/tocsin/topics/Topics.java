package io.tocsin.topics;

/** The names of the platform's topics; {@code topics.yaml} says how each is kept. */
public final class Topics {

  /** Log events, keyed by service. */
  public static final String LOGS = "tocsin.logs";

  /** Measurements of devices, hosts and probes, keyed by device. */
  public static final String TELEMETRY = "tocsin.telemetry";

  /** Every transition of every alert, keyed by fingerprint. */
  public static final String ALERTS = "tocsin.alerts";

  /** The latest transition of each alert, keyed by fingerprint; compacted. */
  public static final String ALERT_STATE = "tocsin.alert-state";

  /** The health of each service, keyed by service; compacted. */
  public static final String HEALTH = "tocsin.health";

  /** The rules in force, keyed by name; compacted, a tombstone removes one. */
  public static final String RULES = "tocsin.rules";

  /** Silences, maintenance windows and acknowledgements, keyed by silence id; compacted. */
  public static final String SILENCES = "tocsin.silences";

  /** Records that could not be handled, with their original key and bytes. */
  public static final String DEAD_LETTERS = "tocsin.dead-letters";

  /** What the notifier has delivered to whom; compacted. */
  public static final String DELIVERIES = "tocsin.deliveries";

  private Topics() {}
}
