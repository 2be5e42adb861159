package io.tocsin.agent.source.http;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys in a file of their own, one a line; empty lines and those with # are none. */
@Doc("path")
record KeysFile(List<Secret> keys) {

  /** A key that is quickly guessed is no key. */
  private static final int SHORTEST = 16;

  static KeysFile fromConfig(ConfigNode node) {
    String path = node.text();
    List<Secret> keys = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(Path.of(path))) {
        number++;
        String key = line.strip();
        if (!key.isEmpty() && !key.startsWith("#")) {
          if (key.length() < SHORTEST) {
            throw node.invalid(
                "has a key shorter than " + SHORTEST + " characters in line " + number,
                "make one with: openssl rand -hex 24");
          }
          keys.add(Secret.of(key, "line " + number + " of " + path));
        }
      }
    } catch (IOException e) {
      throw node.invalid(
          "cannot be read: " + e.getMessage(), "check that it exists and is readable");
    }
    if (keys.isEmpty()) {
      throw node.invalid("holds no key", "put keys into it, one a line");
    }
    return new KeysFile(List.copyOf(keys));
  }
}
