package io.tocsin.alerting.rule;

import io.tocsin.bootstrap.config.Durations;
import java.time.Duration;

/**
 * A length of time and how its author wrote it. Two spans are equal when they last equally long.
 *
 * @param length zero or more, in whole milliseconds
 * @param written the text of the rule file, such as {@code 1m}; what people read in summaries
 */
public record Span(Duration length, String written) {

  /** A span that no author wrote: it reads in the shortest form. */
  public static Span of(Duration length) {
    return new Span(length, Durations.format(length));
  }

  /** Its length in milliseconds. */
  public long millis() {
    return length.toMillis();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span span && span.length.equals(length);
  }

  @Override
  public int hashCode() {
    return length.hashCode();
  }

  /** Its length alone: the wording is not part of what a rule means. */
  @Override
  public String toString() {
    return length.toString();
  }
}
