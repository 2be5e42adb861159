package io.tocsin.topics;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Topics as code: a YAML file's {@code topics} list.
 *
 * @param topics no name twice
 */
public record Definitions(List<TopicDefinition> topics) {

  private static final String BUILT_IN = "topics.yaml";

  public Definitions {
    Set<String> names = new HashSet<>();
    for (TopicDefinition topic : topics) {
      InvalidValueException.require(
          names.add(topic.name()), "topics", topic.name(), "is defined twice");
    }
    topics = List.copyOf(topics);
  }

  /**
   * Reads a file of one's own.
   *
   * @throws ConfigException with every problem in it, each with its line
   */
  public static Definitions read(Path file) {
    return ConfigReader.read(file, Definitions.class);
  }

  /** What the platform needs. */
  public static Definitions builtIn() {
    try (InputStream in = Definitions.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is not on the class path");
      }
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigReader.read(BUILT_IN, yaml, Definitions.class);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + BUILT_IN, e);
    }
  }

  List<String> names() {
    return topics.stream().map(TopicDefinition::name).toList();
  }
}
