package io.tocsin.alerting.rule;

import io.tocsin.event.Level;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field's value must be. A field that is missing (or null) fails every matcher but {@code
 * exists: false} and {@code not}. Immutable.
 */
public sealed interface Matcher {

  /**
   * Whether a value matches.
   *
   * @param value a JSON value, a {@link Level} for the level, null for a missing field
   */
  boolean test(@Nullable Object value);

  /** The value itself. */
  record Equal(Object operand) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      return value != null && Values.same(operand, value);
    }
  }

  /** Any of several. */
  record AnyOf(List<Matcher> matchers) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      for (int i = 0; i < matchers.size(); i++) {
        if (matchers.get(i).test(value)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Several at once: an object with more than one key. */
  record AllOf(List<Matcher> matchers) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      for (int i = 0; i < matchers.size(); i++) {
        if (!matchers.get(i).test(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Anything else; also a missing field. */
  record Not(Matcher matcher) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      return !matcher.test(value);
    }
  }

  /** A text that holds another, or a list that holds it. Upper and lower case differ. */
  record Contains(String part) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      return switch (value) {
        case null -> false;
        case String text -> text.contains(part);
        case List<?> list -> list.stream().anyMatch(item -> item != null && is(item));
        default -> Values.text(value).contains(part);
      };
    }

    private boolean is(Object item) {
      return Values.text(item).equals(part);
    }
  }

  /** A text in which a regular expression of Java is found anywhere; anchor it for the whole. */
  final class Regex implements Matcher {
    private final Pattern pattern;
    private final @Nullable LiteralSearch words;

    Regex(Pattern pattern) {
      this.pattern = pattern;
      this.words = LiteralSearch.of(pattern.pattern()).orElse(null);
    }

    @Override
    public boolean test(@Nullable Object value) {
      if (value == null) {
        return false;
      }
      String text = Values.text(value);
      return words != null ? words.isIn(text) : pattern.matcher(text).find();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Regex regex && regex.pattern.pattern().equals(pattern.pattern());
    }

    @Override
    public int hashCode() {
      return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
      return "Regex[pattern=" + pattern + "]";
    }
  }

  /** A comparison's operator, by its key in a rule file. */
  enum Operator {
    GTE,
    GT,
    LTE,
    LT;

    boolean holds(int comparison) {
      return switch (this) {
        case GTE -> comparison >= 0;
        case GT -> comparison > 0;
        case LTE -> comparison <= 0;
        case LT -> comparison < 0;
      };
    }
  }

  /**
   * On one side of an operand: numbers by amount, levels by severity, text by code units. Values of
   * another type than the operand fail.
   */
  record Compare(Operator operator, Object operand) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      if (value instanceof Number x && operand instanceof Number y) {
        return operator.holds(Values.compare(x, y));
      }
      if (value instanceof Level x && operand instanceof Level y) {
        return operator.holds(x.compareTo(y));
      }
      return value instanceof String x
          && operand instanceof String y
          && operator.holds(x.compareTo(y));
    }
  }

  /** Whether the field is there at all. */
  record Exists(boolean wanted) implements Matcher {
    @Override
    public boolean test(@Nullable Object value) {
      return (value != null) == wanted;
    }
  }
}
