package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Durations;
import io.tocsin.notifier.route.Lead.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds at a route: its own words, and those of the routes above for what it leaves out. */
record Terms(
    List<String> receivers,
    Duration repeat,
    Escalations escalate,
    List<String> groupBy,
    Duration groupWait,
    Duration groupInterval) {

  /** Above the root. */
  static final Terms NONE =
      new Terms(
          List.of(),
          Duration.ZERO,
          Escalations.NONE,
          List.of(),
          Duration.ZERO,
          RouteConfig.USUAL_INTERVAL);

  Terms at(RouteConfig route) {
    return new Terms(
        route.receivers().isEmpty() ? receivers : route.receivers(),
        or(route.repeat(), repeat),
        or(route.escalate(), escalate),
        or(route.groupBy(), groupBy),
        or(route.groupWait(), groupWait),
        or(route.groupInterval(), groupInterval));
  }

  private static <T> T or(@Nullable T own, T inherited) {
    return own == null ? inherited : own;
  }

  /** What cannot be, for people; empty when all can. */
  Optional<String> flaw(RouteConfig route) {
    Escalations own = route.escalate() == null ? Escalations.NONE : route.escalate();
    for (Escalation step : own.steps()) {
      if (receivers.contains(step.to())) {
        return Optional.of("escalates to " + step.to() + ", which it tells at once");
      }
    }
    if (groupBy.isEmpty() && (route.groupWait() != null || route.groupInterval() != null)) {
      return Optional.of("has a group-wait or group-interval, but nothing to group-by");
    }
    return groupWait.compareTo(groupInterval) > 0
        ? Optional.of("waits longer for a group than its group-interval")
        : Optional.empty();
  }

  /** How each receiver comes to be told. */
  Map<String, Lead> leads(String path, Subject subject) {
    Group group = groupBy.isEmpty() ? null : group(path, subject);
    Map<String, Lead> leads = new LinkedHashMap<>();
    receivers.forEach(name -> leads.put(name, new Lead(Duration.ZERO, repeat, group)));
    for (Escalation step : escalate.steps()) {
      leads.merge(step.to(), new Lead(step.after(), repeat, group), Terms::sooner);
    }
    return leads;
  }

  static Lead sooner(Lead one, Lead other) {
    return one.after().compareTo(other.after()) <= 0 ? one : other;
  }

  private Group group(String path, Subject subject) {
    String values =
        groupBy.stream()
            .map(name -> name + "=" + subject.value(name).orElse(""))
            .collect(Collectors.joining(", "));
    return new Group(path, values, groupWait, groupInterval);
  }

  /** What is done with an alert here, for people. */
  String says() {
    if (receivers.isEmpty() && escalate.steps().isEmpty()) {
      return "tells nobody";
    }
    List<String> parts = new ArrayList<>();
    parts.add("tells " + (receivers.isEmpty() ? "nobody" : String.join(", ", receivers)));
    if (!repeat.isZero()) {
      parts.add("again every " + Durations.format(repeat));
    }
    escalate.steps().forEach(step -> parts.add(step.to() + " after " + time(step.after())));
    if (!groupBy.isEmpty()) {
      parts.add("groups by " + String.join(", ", groupBy) + " for " + time(groupInterval));
    }
    return String.join("; ", parts);
  }

  private static String time(Duration duration) {
    return Durations.format(duration);
  }
}
