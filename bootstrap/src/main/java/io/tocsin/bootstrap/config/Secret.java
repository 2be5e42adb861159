package io.tocsin.bootstrap.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password, token or secret address. In a file it stands only by reference: <code>{ env: NAME }
 * </code> or <code>{ file: PATH }</code>. It never shows itself: {@link #toString} names where it
 * came from.
 */
public final class Secret {

  private static final String UNSET = "is not set in the environment";

  private final String value;
  private final String origin;

  private Secret(String value, String origin) {
    this.value = value;
    this.origin = origin;
  }

  /** A secret at hand, as tests and environment lookups have it. */
  public static Secret of(String value, String origin) {
    return new Secret(value, origin);
  }

  /** Reads the reference and what it points at; a trailing line end of a file is not part of it. */
  public static Secret fromConfig(ConfigNode node) {
    if (!node.isMap() || node.keys().size() != 1) {
      throw node.invalidHidden(
          "must be { env: NAME } or { file: PATH }", "secrets do not stand in configuration files");
    }
    String how = node.keys().getFirst();
    ConfigNode where = node.get(how).orElseThrow();
    return switch (how) {
      case "env" -> fromEnvironment(where);
      case "file" -> fromFile(where);
      default -> throw node.invalid("must be { env: NAME } or { file: PATH }", "");
    };
  }

  private static Secret fromEnvironment(ConfigNode name) {
    String value = System.getenv(name.text());
    if (value == null || value.isEmpty()) {
      throw name.invalid(UNSET, "export it before starting");
    }
    return new Secret(value, "environment variable " + name.text());
  }

  private static Secret fromFile(ConfigNode path) {
    try {
      String value = Files.readString(Path.of(path.text())).stripTrailing();
      if (value.isEmpty()) {
        throw path.invalid("is an empty file", "put the secret into it");
      }
      return new Secret(value, "file " + path.text());
    } catch (IOException e) {
      throw path.invalid(
          "cannot be read: " + e.getMessage(), "check that it exists and is readable");
    }
  }

  /** Whether a problem is that a secret's environment variable is not set; it is its value. */
  public static boolean isUnset(Problem problem) {
    return problem.rule().equals(UNSET);
  }

  /** A value that may be plain or a secret's reference, as client properties are. */
  static Object plainOrSecret(ConfigNode node) {
    return node.isMap() ? fromConfig(node) : node.text();
  }

  /** The secret itself. Hand it to the one client that needs it; never keep, log or print it. */
  public String reveal() {
    return value;
  }

  /** Where it came from, never what it is. */
  @Override
  public String toString() {
    return "(secret from " + origin + ")";
  }
}
