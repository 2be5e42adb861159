package io.tocsin.cli.notifier;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.notifier.NotifierConfig;
import io.tocsin.notifier.route.RouteConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A notifier's file, or the section {@code notifier} of the services' file: of that only the
 * section is read, so no other service's secrets have to be there.
 *
 * @param name the file as the user named it
 * @param node where the configuration stands in it
 */
record NotifierFile(String name, ConfigNode node) {

  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /**
   * Finds it.
   *
   * @throws ConfigException when the file is no YAML
   * @throws UserError when it says nothing of a notifier
   */
  static NotifierFile read(Path file) {
    ConfigNode root = ConfigReader.read(file, ConfigNode.class);
    return new NotifierFile(file.toString(), told(() -> section(file, root)));
  }

  private static ConfigNode section(Path file, ConfigNode root) {
    if (root.keys().contains("receivers")) {
      return root;
    }
    return root.get("notifier")
        .orElseThrow(
            () ->
                new UserError(
                    file + " says nothing of a notifier",
                    "give a file with receivers, or a tocsin.yaml with a section notifier"));
  }

  /**
   * All of it.
   *
   * @throws ConfigException with every problem in it, secrets that are not there among them
   */
  NotifierConfig config() {
    return told(() -> node.as(NotifierConfig.class));
  }

  /**
   * The routes alone: whoever asks who is told need not be let at the secrets.
   *
   * @throws ConfigException with every problem in them
   */
  RouteConfig routes() {
    return told(
        () -> {
          Set<String> receivers =
              node.get("receivers").map(all -> Set.copyOf(all.keys())).orElse(Set.of());
          return node.get("route")
              .map(route -> routes(route, receivers))
              .orElseGet(() -> RouteConfig.toAll(receivers.stream().sorted().toList()));
        });
  }

  private static RouteConfig routes(ConfigNode node, Set<String> receivers) {
    RouteConfig route = node.as(RouteConfig.class);
    Optional<String> flaw = route.flaw(receivers);
    if (flaw.isPresent()) {
      throw node.invalid(flaw.get(), "");
    }
    return route;
  }

  /** Reads something, and gathers what is wrong with it. */
  private static <T> T told(Supplier<T> reading) {
    AtomicReference<T> read = new AtomicReference<>();
    List<Problem> problems = ConfigReader.problemsOf(() -> read.set(reading.get()));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return read.get();
  }

  /**
   * Where a route stands: {@code notifier.yaml:7}.
   *
   * @param route its place in the tree, such as {@code route.routes[0]}
   */
  String place(String route) {
    ConfigNode at = node.get("route").orElse(node);
    for (MatchResult index : INDEX.matcher(route).results().toList()) {
      List<ConfigNode> routes = at.get("routes").orElseThrow().items();
      at = routes.get(Integer.parseInt(index.group(1)));
    }
    return name + ":" + at.line();
  }
}
