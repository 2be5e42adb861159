package io.tocsin.cli;

import io.tocsin.cli.services.AgentRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command line of everyday, {@code run --config FILE [--ops-host ADDRESS] [--ops-port PORT]},
 * read without the library that reads all others: its classes are of a format that the JVM does not
 * keep in its cache, and loading them takes a third of the agent's start.
 */
record PlainRun(Path config, String host, int port) {

  private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w./:-]*");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Set<String> OPTIONS = Set.of("--config", "--ops-host", "--ops-port");

  /** Empty for anything else, wrong or right. */
  static Optional<PlainRun> of(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("run")) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i < arguments.length; i += 2) {
      String value = arguments[i + 1];
      boolean plain = OPTIONS.contains(arguments[i]) && PLAIN.matcher(value).matches();
      if (!plain || given.put(arguments[i], value) != null) {
        return Optional.empty();
      }
    }
    String host = given.getOrDefault("--ops-host", AgentRun.HOST);
    String port = given.getOrDefault("--ops-port", Integer.toString(AgentRun.PORT));
    return given.containsKey("--config") && PORT.matcher(port).matches()
        ? Optional.of(new PlainRun(Path.of(given.get("--config")), host, Integer.parseInt(port)))
        : Optional.empty();
  }

  /** Runs the agent, and gives the exit status. */
  int execute(PrintWriter out, PrintWriter err) {
    try {
      return new AgentRun(host, port, out, err).of(config);
    } catch (InterruptedException | RuntimeException e) {
      return Failure.explain(e, err);
    }
  }
}
