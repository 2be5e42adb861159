package io.tocsin.notifier.route;

import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
   * @param leads how each receiver comes to be told, in the order of the tree; empty when nobody is
   * @param steps one for each route that was looked at, in the order of the decisions
   */
  public record Answer(Map<String, Lead> leads, List<Step> steps) {

    /** Who is told at once, in the order of the tree. */
    public Set<String> receivers() {
      return leads.entrySet().stream()
          .filter(lead -> !lead.getValue().escalates())
          .map(Map.Entry::getKey)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

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

  /** How {@code receiver} comes to be told of this alert at this time; null when it is not. */
  public @Nullable Lead lead(Alert alert, Instant at, String receiver) {
    return ask(Subject.of(alert, at)).leads().get(receiver);
  }

  /** Who would be told and why. */
  public Answer ask(Subject subject) {
    Answer answer = new Answer(new LinkedHashMap<>(), new ArrayList<>());
    walk(root, "route", Terms.NONE, subject, answer);
    return answer;
  }

  /** Returns whether the route took the alert. */
  private static boolean walk(
      RouteConfig route, String path, Terms above, Subject subject, Answer answer) {
    Optional<String> refusal = route.match().refuses(subject);
    if (refusal.isPresent()) {
      answer.steps().add(new Step(path, false, "no, " + refusal.get()));
      return false;
    }
    Terms terms = above.at(route);
    boolean taken = false;
    for (int i = 0; i < route.routes().size(); i++) {
      RouteConfig child = route.routes().get(i);
      if (walk(child, path + ".routes[" + i + "]", terms, subject, answer)) {
        taken = true;
        if (!child.goesOn()) {
          break;
        }
      }
    }
    if (!taken) {
      terms
          .leads(path, subject)
          .forEach((name, lead) -> answer.leads().merge(name, lead, Terms::sooner));
      answer.steps().add(new Step(path, true, terms.says()));
    }
    return true;
  }
}
