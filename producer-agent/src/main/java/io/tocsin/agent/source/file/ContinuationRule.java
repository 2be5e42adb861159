package io.tocsin.agent.source.file;

import io.tocsin.agent.pattern.BoundedPattern;
import io.tocsin.agent.pattern.GaveUpException;
import java.util.regex.Pattern;

/** Says which lines belong to the line before. May remember: one for each file, in its order. */
interface ContinuationRule {

  /** An event begins with this line. */
  default void begin(String line) {}

  /** Whether the event goes on with this line; if not, the next call is {@link #begin}. */
  boolean continues(String line);

  /** Indented lines, the exception's own line, {@code Caused by:}. */
  ContinuationRule JAVA =
      new ContinuationRule() {
        private static final Pattern EXCEPTION =
            Pattern.compile("(?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*(?:Exception|Error|Throwable)\\b.*");

        @Override
        public boolean continues(String line) {
          return isIndented(line)
              || line.startsWith("Caused by: ")
              || EXCEPTION.matcher(line).matches();
        }
      };

  /**
   * Every line that does not hold the pattern.
   *
   * @param givenUp is told of each line on which the pattern took too long: it begins an event
   */
  static ContinuationRule startingAt(Pattern start, Runnable givenUp) {
    BoundedPattern bounded = new BoundedPattern(start);
    return line -> {
      try {
        return !bounded.isIn(line);
      } catch (GaveUpException e) {
        givenUp.run();
        return false;
      }
    };
  }

  /** Whether it begins with white space and does not end there. */
  static boolean isIndented(String line) {
    return !line.isBlank() && Character.isWhitespace(line.charAt(0));
  }
}
