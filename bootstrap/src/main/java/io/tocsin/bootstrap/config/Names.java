package io.tocsin.bootstrap.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;

/** Java's names as keys. */
final class Names {

  private Names() {}

  /** {@code maxBytes} to {@code max-bytes}; {@code MaxBytes} and {@code MAX_BYTES} likewise. */
  static String kebab(String name) {
    if (name.equals(name.toUpperCase(Locale.ROOT))) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && i > 0) {
        kebab.append('-');
      }
      kebab.append(Character.toLowerCase(c));
    }
    return kebab.toString();
  }

  static String ofVariant(Class<?> variant) {
    Named named = variant.getAnnotation(Named.class);
    return named == null ? kebab(variant.getSimpleName()) : named.value();
  }

  static String ofComponent(RecordComponent component) {
    Named named = component.getAnnotation(Named.class);
    return named == null ? kebab(component.getName()) : named.value();
  }

  /** A hint for a mistyped key: the nearest known one, or all of them. */
  static String nearest(String key, List<String> known) {
    String best = "";
    int least = 3;
    for (String candidate : known) {
      int distance = distance(key, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? "known: " + String.join(", ", known) : "did you mean '" + best + "'?";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
