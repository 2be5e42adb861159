package io.tocsin.bootstrap.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML into records.
 *
 * <ul>
 *   <li>A record's components are the keys, in kebab-case; an unknown key is a problem. A component
 *       that the file leaves out takes its {@link Default}, or null when it is {@code @Nullable};
 *       otherwise it is missing.
 *   <li>A sealed interface stands as one key that names the variant: <code>- serial: {…}</code>.
 *   <li>A type with a {@code public static T fromConfig(ConfigNode)} reads itself.
 *   <li>Lists, maps from text, enums (in kebab-case), text, numbers, booleans, {@link
 *       java.time.Duration}, {@link DataSize}, {@link Path}, {@link java.net.URI}, {@link
 *       java.time.ZoneId}, {@link java.util.regex.Pattern}, {@link java.nio.charset.Charset} and
 *       {@link Secret} are as one expects.
 * </ul>
 */
public final class ConfigReader {

  private ConfigReader() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException with every problem in it
   */
  public static <T> T read(Path file, Class<T> type) {
    return read(file.toString(), load(file), type);
  }

  /**
   * Reads a text; {@code name} stands for the file in messages.
   *
   * @throws ConfigException with every problem in it
   */
  public static <T> T read(String name, String yaml, Class<T> type) {
    ConfigNode root = parse(name, yaml);
    try {
      return root.as(type);
    } catch (Invalid e) {
      throw new ConfigException(e.problems());
    }
  }

  /**
   * Runs a piece of reading by hand and gives back the problems it met, so that a type that reads
   * itself can go on and report all of them.
   */
  public static List<Problem> problemsOf(Runnable reading) {
    try {
      reading.run();
      return List.of();
    } catch (Invalid e) {
      return e.problems();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private static String load(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      String why = Files.exists(file) ? "cannot be read as UTF-8 text" : "does not exist";
      throw new ConfigException(
          List.of(new Problem(file.toString(), 1, "", null, "the file " + why, "check the path")));
    }
  }

  static ConfigNode parse(String name, String yaml) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> problem(name, 1, "the file is empty", "write at least one key"));
      return new ConfigNode(name, "", root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw problem(name, line, "is no YAML: " + e.getProblem(), "check indent and quotes");
    } catch (YamlEngineException e) {
      throw problem(name, 1, "is no YAML: " + e.getMessage(), "check indent and quotes");
    }
  }

  private static ConfigException problem(String file, int line, String rule, String remedy) {
    return new ConfigException(List.of(new Problem(file, line, "", null, rule, remedy)));
  }
}
