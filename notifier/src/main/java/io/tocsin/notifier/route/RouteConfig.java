package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A branch of the routing tree. An alert that its matchers take goes to the first of its routes
 * that takes it, on to the next ones as long as they say {@code continue}, and to its own receivers
 * when none does.
 */
public record RouteConfig(
    @Default("{}") @Doc("what an alert must be to come here") Matchers match,
    @Default("[]") @Doc("who is told; those of the route above when left out")
        List<String> receivers,
    @Named("continue") @Default("false") @Doc("whether the routes after this one are tried as well")
        boolean goesOn,
    @Default("[]") @Doc("narrower routes, tried in order") List<RouteConfig> routes) {

  public RouteConfig {
    receivers = List.copyOf(receivers);
    routes = List.copyOf(routes);
  }

  /** Tells these receivers of everything. */
  public static RouteConfig toAll(List<String> receivers) {
    return new RouteConfig(Matchers.ALL, receivers, false, List.of());
  }

  /** Every receiver that is named here or below. */
  public Stream<String> named() {
    return Stream.concat(receivers.stream(), routes.stream().flatMap(RouteConfig::named));
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
        : Optional.empty();
  }
}
