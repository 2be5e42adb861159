package io.tocsin.agent.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the values of fields whose name says that they are secret: {@code password=x}, {@code
 * "api_key": "x"}, {@code Authorization: x}. Looks at both sides of each equals sign and colon.
 */
final class PasswordFinder implements Finder {

  /** Blanks and quotes between a name, its sign and its value. */
  private static final int LONGEST_GAP = 8;

  private static final String VALUE_ENDS = " \t\r\n,;&\"'<>()[]{}";

  @Override
  public List<Span> in(String text) {
    List<Span> found = new ArrayList<>(0);
    int at = nextSign(text, 0);
    while (at < text.length()) {
      int end = at;
      String name = nameBefore(text, at, found.isEmpty() ? 0 : found.getLast().to());
      if (SecretNames.isSecret(name)) {
        int start = valueStart(text, at + 1);
        end = valueEnd(text, start, SecretNames.takesTheLine(name));
        if (end > start) {
          found.add(new Span(start, end));
        }
      }
      at = nextSign(text, Math.max(end, at + 1));
    }
    return found;
  }

  private static int nextSign(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ':') {
      at++;
    }
    return at;
  }

  private static String nameBefore(String text, int sign, int behind) {
    int end = sign;
    while (end > behind && sign - end < LONGEST_GAP && isGap(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > behind && end - start < SecretNames.LONGEST && isName(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, end);
  }

  private static int valueStart(String text, int from) {
    int start = from;
    int limit = Math.min(text.length(), from + LONGEST_GAP);
    while (start < limit && (isGap(text.charAt(start)) || text.charAt(start) == '>')) {
      boolean quote = isQuote(text.charAt(start));
      start++;
      if (quote) {
        return start;
      }
    }
    return start;
  }

  private static int valueEnd(String text, int start, boolean line) {
    boolean quoted = start > 0 && start <= text.length() && isQuote(text.charAt(start - 1));
    if (quoted) {
      return quoteEnd(text, start);
    }
    int end = start;
    while (end < text.length()
        && (line
            ? text.charAt(end) != '\n' && text.charAt(end) != '"'
            : VALUE_ENDS.indexOf(text.charAt(end)) < 0)) {
      end++;
    }
    return end;
  }

  /**
   * The closing quote, or the end of the text; a quote that was itself escaped ends at its like.
   */
  private static int quoteEnd(String text, int start) {
    char quote = text.charAt(start - 1);
    boolean escaped = start > 1 && text.charAt(start - 2) == '\\';
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (c == quote) {
        return escaped && end > start && text.charAt(end - 1) == '\\' ? end - 1 : end;
      }
      boolean step =
          c == '\\' && !(escaped && end + 1 < text.length() && text.charAt(end + 1) == quote);
      end += step ? 2 : 1;
    }
    return text.length();
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\\' || isQuote(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }
}
