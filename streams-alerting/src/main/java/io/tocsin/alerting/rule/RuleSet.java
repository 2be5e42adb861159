package io.tocsin.alerting.rule;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The rules of one or more rule files, in their order. Immutable.
 *
 * @param rules no two of one name
 */
public record RuleSet(List<AlertRule> rules) {

  public RuleSet {
    rules = List.copyOf(rules);
    if (rules.stream().map(AlertRule::name).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("two rules of one name");
    }
  }

  /**
   * Reads rule files.
   *
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem of every file, among them
   *     two rules of one name in different files
   */
  public static RuleSet read(List<Path> files) {
    RuleSetReader reader = new RuleSetReader();
    for (Path file : files) {
      reader.add(() -> ConfigReader.read(file, ConfigNode.class));
    }
    return reader.finish();
  }

  /**
   * Reads a rule file's text.
   *
   * @param fileName stands for the file in problems
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem in it
   */
  public static RuleSet parse(String fileName, String yaml) {
    RuleSetReader reader = new RuleSetReader();
    reader.add(() -> ConfigReader.read(fileName, yaml, ConfigNode.class));
    return reader.finish();
  }

  /** The rules that Tocsin ships with. */
  public static RuleSet defaultPack() {
    return parse("default-pack.yaml", defaultPackText());
  }

  /** The rules that Tocsin ships with, as their file has them. */
  public static String defaultPackText() {
    return resource("default-pack.yaml");
  }

  /** The JSON Schema (draft 2020-12) of a rule file, for editors and other tools. */
  public static String schema() {
    return resource("rules.schema.json");
  }

  private static String resource(String name) {
    try (InputStream in = RuleSet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
