package io.tocsin.notifier.message;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes text that somebody else chose safe for where it is put. */
public final class Escapes {

  private Escapes() {}

  /** For the inside of a JSON string. */
  public static String json(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        default -> {
          if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /** For one step of a path or one parameter. A step to a folder above is made harmless. */
  public static String url(String text) {
    String step = text.matches("\\.+") ? text.replace('.', '_') : text;
    return URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** For HTML, in text and in quoted attributes. */
  public static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
