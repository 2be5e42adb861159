package io.tocsin.agent.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ts=… level=info msg="a text" user=7}: keys and values as Go's logfmt has them. A key
 * without a value is true.
 */
final class LogfmtFormat implements LineFormat {

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text) {
    Walk walk = new Walk(text);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    boolean pairs = false;
    while (walk.skipBlanks()) {
      String key = walk.key();
      if (key.isEmpty()) {
        return null;
      }
      if (walk.accept('=')) {
        pairs = true;
        @Nullable String value = walk.value();
        if (value == null) {
          return null;
        }
        fields.put(key, value);
      } else {
        fields.put(key, true);
      }
    }
    return pairs ? fields : null;
  }

  private static final class Walk {
    private final String text;
    private int at;

    Walk(String text) {
      this.text = text;
    }

    boolean skipBlanks() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
      return at < text.length();
    }

    String key() {
      int from = at;
      while (at < text.length() && text.charAt(at) > ' ' && "=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    boolean accept(char c) {
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    /** A word or a quoted text; null when the quote is never closed. */
    @Nullable String value() {
      if (!accept('"')) {
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ') {
          at++;
        }
        return text.substring(from, at);
      }
      StringBuilder value = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return value.toString();
        }
        value.append(c == '\\' && at < text.length() ? unescape(text.charAt(at++)) : c);
      }
      return null;
    }

    private static char unescape(char c) {
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        default -> c;
      };
    }
  }
}
