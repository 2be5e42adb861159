package io.tocsin.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a configuration file.
 *
 * @param file the file as the user named it
 * @param line its line, from 1
 * @param key the dotted path of the key, such as {@code sources[0].serial.baud}; empty for the
 *     whole
 * @param value the bad value as written; null when there is none (a missing key)
 * @param rule what is wrong, or what the value has to be
 * @param remedy what to do; empty when the rule says it all
 */
public record Problem(
    String file, int line, String key, @Nullable String value, String rule, String remedy) {

  /** One line for people: {@code agent.yaml:7: sources[0].serial.baud: '9601' …}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file).append(':').append(line).append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    if (value != null) {
      text.append('\'').append(value).append("' ");
    }
    text.append(rule);
    if (!remedy.isEmpty()) {
      text.append(" (").append(remedy).append(')');
    }
    return text.toString();
  }
}
