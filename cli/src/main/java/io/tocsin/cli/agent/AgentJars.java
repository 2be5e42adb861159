package io.tocsin.cli.agent;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import io.tocsin.agent.AgentFile;
import io.tocsin.bootstrap.UserError;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The jars on this program's class path that the agent needs: a third of them. */
final class AgentJars {

  /** {@code group:artifact:jar[:classifier]:version:scope}, as Maven lists it at the build. */
  private static final Pattern LIBRARY =
      Pattern.compile("^\\s+[^:\\s]+:([^:]+):jar:(?:([^:]+):)?([^:]+):(?:compile|runtime)\\b");

  private static final String LIST = "/io/tocsin/agent/libraries.txt";

  private AgentJars() {}

  /**
   * All of them.
   *
   * @throws UserError when this program was not built as a whole, so that there are no jars
   */
  static Set<Path> find() {
    Set<Path> jars = new TreeSet<>();
    Stream.of(AgentFile.class, AgentJars.class, CommandLine.class)
        .forEach(type -> jars.add(jarOf(type)));
    Stream.of(LoggerContext.class, Context.class).forEach(type -> jars.add(jarOf(type)));
    Set<String> names = libraries();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.getFileName() != null && names.contains(path.getFileName().toString())) {
        jars.add(path.toAbsolutePath().normalize());
      }
    }
    return jars;
  }

  private static Path jarOf(Class<?> type) {
    @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      Path path = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(path)) {
        return path.toAbsolutePath().normalize();
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class from nowhere: " + type, e);
    }
    throw notBuilt();
  }

  private static Set<String> libraries() {
    Set<String> names = new TreeSet<>();
    try (InputStream in = AgentFile.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw notBuilt();
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(LIBRARY::matcher)
          .filter(Matcher::find)
          .forEach(found -> names.add(fileName(found)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a resource", e);
    }
    return names;
  }

  private static String fileName(Matcher found) {
    String classifier = found.group(2) == null ? "" : "-" + found.group(2);
    return found.group(1) + '-' + found.group(3) + classifier + ".jar";
  }

  private static UserError notBuilt() {
    return new UserError(
        "this program does not run from its jars", "run it by ./tocsin, which builds them");
  }
}
