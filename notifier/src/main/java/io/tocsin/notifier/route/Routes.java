package io.tocsin.notifier.route;

import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routing tree at work. Immutable, thread-safe. */
public final class Routes {

  private final RouteConfig root;

  /** A tree whose root takes every alert. */
  public Routes(RouteConfig root) {
    this.root = root;
  }

  /**
   * Who is told and why.
   *
   * @param receivers in the order of the tree, each once; empty when nobody is
   * @param steps one for each route that was looked at, in the order of the decisions
   */
  public record Answer(Set<String> receivers, List<Step> steps) {}

  /**
   * What one route made of the alert.
   *
   * @param route where it stands, such as {@code route.routes[0]}
   * @param took whether the alert is what it wants
   * @param says why not, or who is told; for people
   */
  public record Step(String route, boolean took, String says) {
    @Override
    public String toString() {
      return route + ": " + says;
    }
  }

  /** Whether {@code receiver} is told of this alert at this time. */
  public boolean lead(Alert alert, Instant at, String receiver) {
    return ask(Subject.of(alert, at)).receivers().contains(receiver);
  }

  /** Who would be told and why. */
  public Answer ask(Subject subject) {
    Set<String> receivers = new LinkedHashSet<>();
    List<Step> steps = new ArrayList<>();
    walk(root, "route", List.of(), subject, receivers, steps);
    return new Answer(receivers, steps);
  }

  /** Returns whether the route took the alert. */
  private static boolean walk(
      RouteConfig route,
      String path,
      List<String> inherited,
      Subject subject,
      Set<String> receivers,
      List<Step> steps) {
    Optional<String> refusal = route.match().refuses(subject);
    if (refusal.isPresent()) {
      steps.add(new Step(path, false, "no, " + refusal.get()));
      return false;
    }
    List<String> own = route.receivers().isEmpty() ? inherited : route.receivers();
    boolean taken = false;
    for (int i = 0; i < route.routes().size(); i++) {
      RouteConfig child = route.routes().get(i);
      if (walk(child, path + ".routes[" + i + "]", own, subject, receivers, steps)) {
        taken = true;
        if (!child.goesOn()) {
          break;
        }
      }
    }
    if (!taken) {
      receivers.addAll(own);
      String whom = own.isEmpty() ? "nobody" : String.join(", ", own);
      steps.add(new Step(path, true, "tells " + whom));
    }
    return true;
  }
}
