package io.tocsin.alerting.rule;

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
  }

  /**
   * Reads rule files.
   *
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem of every file, among them
   *     two rules of one name in different files
   */
  public static RuleSet read(List<Path> files) {
    return new RuleSet(List.of());
  }

  /**
   * Reads a rule file's text.
   *
   * @param fileName stands for the file in problems
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem in it
   */
  public static RuleSet parse(String fileName, String yaml) {
    return new RuleSet(List.of());
  }

  /** The rules that Tocsin ships with. */
  public static RuleSet defaultPack() {
    return new RuleSet(List.of());
  }
}
