package io.tocsin.alerting.prove;

import io.tocsin.event.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts transitions that come in order of time also in order of rule and group. What a group does at
 * one moment stays in its order.
 */
final class OrderedTransitions {

  private static final Comparator<Alert> ORDER =
      Comparator.comparing(Alert::at)
          .thenComparing(Alert::rule)
          .thenComparing(alert -> TransitionLines.groupText(alert.group()));

  private final Consumer<Alert> out;
  private final List<Alert> held = new ArrayList<>();

  OrderedTransitions(Consumer<Alert> out) {
    this.out = out;
  }

  void add(List<Alert> transitions) {
    for (Alert transition : transitions) {
      if (!held.isEmpty() && transition.at().isAfter(held.getFirst().at())) {
        flush();
      }
      held.add(transition);
    }
  }

  void flush() {
    held.sort(ORDER);
    held.forEach(out);
    held.clear();
  }
}
