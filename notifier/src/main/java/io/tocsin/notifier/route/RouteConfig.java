package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Named;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A branch of the routing tree. An alert that its matchers take goes to the first of its routes
 * that takes it, on to the next ones as long as they say {@code continue}, and to its own receivers
 * when none does. What it leaves out is as the route above says.
 */
public record RouteConfig(
    @Default("{}") @Doc("what an alert must be to come here") Matchers match,
    @Default("[]") @Doc("who is told; those of the route above when left out")
        List<String> receivers,
    @Named("continue") @Default("false") @Doc("whether the routes after this one are tried as well")
        boolean goesOn,
    @Doc("how often it is told again while nobody acknowledges it; 0s for never")
        @Nullable Duration repeat,
    @Doc("who else is told when nobody acknowledges it; [] for nobody")
        @Nullable Escalations escalate,
    @Doc("what people are told of together: severity, rule, labels, fields of the group; or []")
        @Nullable List<String> groupBy,
    @Doc("how long the first of a group waits for others") @Nullable Duration groupWait,
    @Doc("the least time between two messages about a group; 1m if nowhere said")
        @Nullable Duration groupInterval,
    @Default("[]") @Doc("narrower routes, tried in order") List<RouteConfig> routes) {

  static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  public RouteConfig {
    receivers = List.copyOf(receivers);
    routes = List.copyOf(routes);
    groupBy = groupBy == null ? null : List.copyOf(groupBy);
    InvalidValueException.require(
        repeat == null || repeat.isZero() || within(repeat, Duration.ofSeconds(1), 30),
        "repeat",
        repeat,
        "must be 0s or between 1s and 30d");
    InvalidValueException.require(
        groupWait == null || within(groupWait, Duration.ZERO, 1),
        "group-wait",
        groupWait,
        "must be at most 1d");
    InvalidValueException.require(
        groupInterval == null || within(groupInterval, Duration.ofSeconds(1), 1),
        "group-interval",
        groupInterval,
        "must be between 1s and 1d");
    InvalidValueException.require(
        groupBy == null || groupBy.stream().noneMatch(String::isBlank),
        "group-by",
        groupBy,
        "must hold names");
  }

  /** One that adds nothing to what the route above says but whom it tells. */
  public RouteConfig(
      Matchers match, List<String> receivers, boolean goesOn, List<RouteConfig> routes) {
    this(match, receivers, goesOn, null, null, null, null, null, routes);
  }

  private static boolean within(Duration duration, Duration least, int mostDays) {
    return duration.compareTo(least) >= 0 && duration.compareTo(Duration.ofDays(mostDays)) <= 0;
  }

  /** Tells these receivers of everything. */
  public static RouteConfig toAll(List<String> receivers) {
    return new RouteConfig(Matchers.ALL, receivers, false, List.of());
  }

  /** Every receiver that is named here or below. */
  public Stream<String> named() {
    Stream<String> later =
        escalate == null ? Stream.empty() : escalate.steps().stream().map(Escalation::to);
    return Stream.of(receivers.stream(), later, routes.stream().flatMap(RouteConfig::named))
        .flatMap(names -> names);
  }

  /**
   * Why this cannot be the root of a tree, for people; empty when it can.
   *
   * @param known the receivers there are
   */
  public Optional<String> flaw(Set<String> known) {
    List<String> unknown = named().filter(name -> !known.contains(name)).distinct().toList();
    if (!unknown.isEmpty()) {
      return Optional.of("'" + String.join(", ", unknown) + "' is no receiver of this file");
    }
    return receivers.isEmpty()
        ? Optional.of("must name receivers for what no route takes")
        : flaw("route", Terms.NONE);
  }

  private Optional<String> flaw(String path, Terms above) {
    Terms terms = above.at(this);
    Optional<String> own = terms.flaw(this).map(flaw -> path + " " + flaw);
    for (int i = 0; own.isEmpty() && i < routes.size(); i++) {
      own = routes.get(i).flaw(path + ".routes[" + i + "]", terms);
    }
    return own;
  }
}
