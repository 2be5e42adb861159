package io.tocsin.event;

/** The names that the schemas of log events and telemetry give a place of their own. */
public final class Envelope {

  private Envelope() {}

  /** Whether a field has a place of its own, so that it is not kept in {@code meta}. */
  public static boolean has(String field) {
    return switch (field) { // quicker than a set, and asked several times for each record
      case "ts", "service", "level", "event", "message", "meta" -> true;
      case "host", "source", "id", "device", "kind", "values" -> true;
      default -> false;
    };
  }
}
