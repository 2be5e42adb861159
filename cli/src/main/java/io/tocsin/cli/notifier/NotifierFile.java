package io.tocsin.cli.notifier;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.notifier.NotifierConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A notifier's file, or the section {@code notifier} of the services' file: of that only the
 * section is read, so no other service's secrets have to be there.
 *
 * @param name the file as the user named it
 * @param node where the configuration stands in it
 * @param config what it says
 */
record NotifierFile(String name, ConfigNode node, NotifierConfig config) {

  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /**
   * Reads it.
   *
   * @throws ConfigException with every problem in it
   */
  static NotifierFile read(Path file) {
    ConfigNode root = ConfigReader.read(file, ConfigNode.class);
    AtomicReference<NotifierFile> read = new AtomicReference<>();
    List<Problem> problems =
        ConfigReader.problemsOf(
            () -> {
              ConfigNode node = section(file, root);
              read.set(new NotifierFile(file.toString(), node, node.as(NotifierConfig.class)));
            });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return read.get();
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
