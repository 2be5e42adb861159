package io.tocsin.event.inhibit;

import io.tocsin.event.Alert;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts keep an alert from being told. Every transition of an alert that may be kept back
 * says so itself, in an annotation, so that whoever reads it needs no rule file.
 *
 * <p>An alert that fires inhibits from the {@link Alert#at} of its firing up to, not including,
 * that of its resolve, whether or not anybody is told of it.
 */
public final class Inhibition {

  /**
   * The annotation that names the inhibiting rules, parted by commas. Rule files may not use it.
   */
  public static final String ANNOTATION = "inhibited-by";

  private Inhibition() {}

  /** The rules whose alerts keep this one from being told; mostly none. */
  public static List<String> rulesOver(Alert alert) {
    String names = alert.annotations().get(ANNOTATION);
    return names == null || names.isEmpty() ? List.of() : List.of(names.split(",", -1));
  }

  /**
   * Whether {@code effect} is not to be told while {@code cause} fires: its rule names that of the
   * cause, and both have the same values in every group-by field that both have. Where they share
   * none, any alert of that rule will do.
   */
  public static boolean binds(Alert cause, Alert effect) {
    return !cause.fingerprint().equals(effect.fingerprint())
        && rulesOver(effect).contains(cause.rule())
        && agree(cause.group(), effect.group());
  }

  /** A rule's own annotations with what {@link #rulesOver} reads. */
  public static Map<String, String> annotate(Map<String, String> own, List<String> rules) {
    if (rules.isEmpty()) {
      return own;
    }
    Map<String, String> all = new LinkedHashMap<>(own);
    all.put(ANNOTATION, String.join(",", rules));
    return all;
  }

  private static boolean agree(
      Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    return one.entrySet().stream()
        .filter(field -> other.containsKey(field.getKey()))
        .allMatch(
            field -> Objects.equals(plain(field.getValue()), plain(other.get(field.getKey()))));
  }

  /** Numbers by amount; a number is never a text. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros()
        : value;
  }
}
