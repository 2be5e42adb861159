package io.tocsin.agent.source.file;

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

  /** Every line that does not hold the pattern. */
  static ContinuationRule startingAt(Pattern start) {
    return line -> !start.matcher(line).find();
  }

  /** Whether it begins with white space and does not end there. */
  static boolean isIndented(String line) {
    return !line.isBlank() && Character.isWhitespace(line.charAt(0));
  }
}
