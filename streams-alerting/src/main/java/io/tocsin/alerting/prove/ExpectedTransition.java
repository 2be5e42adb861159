package io.tocsin.alerting.prove;

import io.tocsin.alerting.rule.Values;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transition that a test expects. What it leaves out (null) may be anything.
 *
 * @param line where the test says so
 */
record ExpectedTransition(
    int line,
    @Nullable Instant at,
    String rule,
    @Nullable Map<String, @Nullable Object> group,
    String status,
    @Nullable Object value,
    @Nullable Instant startsAt) {

  private static final List<String> KEYS =
      List.of("at", "rule", "group", "status", "value", "startsAt");

  /** Averages and shares are compared to nine digits. */
  private static final double PRECISION = 1e-9;

  static ExpectedTransition fromConfig(ConfigNode node) {
    if (!node.isMap()) {
      throw node.invalid("must be a transition", "such as { at: …, rule: …, status: firing }");
    }
    for (String key : node.keys()) {
      if (!KEYS.contains(key)) {
        throw node.get(key).orElse(node).invalid("is under no key of a transition", keysAre());
      }
    }
    return new ExpectedTransition(
        node.line(),
        node.get("at").map(ExpectedTransition::time).orElse(null),
        required(node, "rule").text(),
        node.get("group").map(ExpectedTransition::group).orElse(null),
        status(required(node, "status")),
        node.get("value").map(ConfigNode::plain).orElse(null),
        node.get("startsAt").map(ExpectedTransition::time).orElse(null));
  }

  private static String keysAre() {
    return "they are " + String.join(", ", KEYS);
  }

  private static ConfigNode required(ConfigNode node, String key) {
    return node.get(key).orElseThrow(() -> node.missing(key, "say which, of every transition"));
  }

  private static String status(ConfigNode node) {
    String status = node.text();
    if (!status.equals("firing") && !status.equals("resolved")) {
      throw node.invalid("must be firing or resolved", "");
    }
    return status;
  }

  private static Map<String, @Nullable Object> group(ConfigNode node) {
    Map<String, @Nullable Object> group = new LinkedHashMap<>();
    for (String key : node.keys()) {
      group.put(key, node.get(key).orElseThrow().plain());
    }
    return group;
  }

  static Instant time(ConfigNode node) {
    try {
      return Timestamps.parse(node.text());
    } catch (MalformedEventException e) {
      throw node.invalid("must be a time such as 2025-12-10T12:00:00Z", "");
    }
  }

  /** Whether a transition is as expected. */
  boolean matches(Alert alert) {
    return rule.equals(alert.rule())
        && status.equals(TransitionLines.status(alert))
        && (at == null || at.equals(alert.at()))
        && (startsAt == null || startsAt.equals(alert.startsAt()))
        && (value == null || same(value, alert.value()))
        && (group == null || sameGroup(alert.group()));
  }

  private boolean sameGroup(Map<String, @Nullable Object> other) {
    Map<String, @Nullable Object> own = Objects.requireNonNull(group);
    return own.keySet().equals(other.keySet())
        && own.entrySet().stream().allMatch(e -> same(e.getValue(), other.get(e.getKey())));
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    if (a instanceof Number x && b instanceof Number y) {
      double expected = x.doubleValue();
      return Math.abs(expected - y.doubleValue()) <= PRECISION * Math.max(1, Math.abs(expected));
    }
    return Values.same(a, b);
  }

  /** The group as text, for putting expectations in order. */
  String groupText() {
    return group == null ? "" : TransitionLines.groupText(group);
  }

  /** As a line of the back-test, with what the test says and nothing else. */
  String text() {
    Map<String, @Nullable Object> text = new LinkedHashMap<>();
    putTime(text, "at", at);
    text.put("rule", rule);
    putGiven(text, "group", group);
    text.put("status", status);
    putGiven(text, "value", value);
    putTime(text, "startsAt", startsAt);
    return new String(EventCodec.encodeObject(text), StandardCharsets.UTF_8);
  }

  private static void putTime(
      Map<String, @Nullable Object> text, String key, @Nullable Instant time) {
    putGiven(text, key, time == null ? null : Timestamps.format(time));
  }

  private static void putGiven(
      Map<String, @Nullable Object> text, String key, @Nullable Object value) {
    if (value != null) {
      text.put(key, value);
    }
  }
}
