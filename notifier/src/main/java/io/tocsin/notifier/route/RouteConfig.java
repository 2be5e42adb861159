package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Named;
import java.util.List;
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
}
