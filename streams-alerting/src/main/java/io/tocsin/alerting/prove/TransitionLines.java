package io.tocsin.alerting.prove;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transitions as lines: NDJSON for programs, a table for people. */
public final class TransitionLines {

  private static final String TABLE = "%-24s  %-8s  %-32s  %-40s  %s";

  private TransitionLines() {}

  /** One transition as a JSON object, without a line end. */
  public static String ndjson(Alert transition) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("at", Timestamps.format(transition.at()));
    line.put("rule", transition.rule());
    line.put("group", transition.group());
    line.put("status", status(transition));
    line.put("value", transition.value());
    line.put("startsAt", Timestamps.format(transition.startsAt()));
    return new String(EventCodec.encodeObject(line), StandardCharsets.UTF_8);
  }

  /** The table's head, without a line end. */
  public static String tableHead() {
    return TABLE.formatted("AT", "STATUS", "RULE", "GROUP", "VALUE");
  }

  /** One transition as a row of the table, without a line end. */
  public static String tableRow(Alert transition) {
    return TABLE.formatted(
        Timestamps.format(transition.at()),
        status(transition),
        transition.rule(),
        groupText(transition.group()),
        transition.value());
  }

  /** Transitions as a table with its head. */
  public static String table(List<Alert> transitions) {
    StringBuilder text = new StringBuilder(tableHead()).append('\n');
    transitions.forEach(transition -> text.append(tableRow(transition)).append('\n'));
    return text.toString();
  }

  static String status(Alert transition) {
    return transition.status().name().toLowerCase(Locale.ROOT);
  }

  /** A group as JSON. */
  static String groupText(Map<String, @Nullable Object> group) {
    return new String(EventCodec.encodeObject(group), StandardCharsets.UTF_8);
  }
}
