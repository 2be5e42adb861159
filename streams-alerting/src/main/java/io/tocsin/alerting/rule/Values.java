package io.tocsin.alerting.rule;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How JSON values compare: numbers by amount (500 is 500.0), all else by type and content (500 is
 * not "500").
 */
public final class Values {

  /** Beyond this many digits before or behind the point, a number is as good as its double. */
  private static final int EXACT_DIGITS = 40;

  private Values() {}

  /** Whether two values are the same. */
  public static boolean same(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return compare(x, y) == 0;
    }
    return a.equals(b);
  }

  /** The order of two numbers; one that is not finite stands below all others. */
  public static int compare(Number a, Number b) {
    if (isLong(a) && isLong(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    BigDecimal x = number(a);
    BigDecimal y = number(b);
    if (x == null || y == null) {
      return Boolean.compare(x != null, y != null);
    }
    return x.compareTo(y);
  }

  /**
   * A number in decimal; null for anything else, for NaN and for infinities. Numbers of absurd
   * length are rounded to a double, lest one record makes every later sum a megabyte long.
   */
  public static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case Integer i -> BigDecimal.valueOf(i);
      case Long l -> BigDecimal.valueOf(l);
      case BigDecimal d -> isSane(d) ? d : rounded(d.doubleValue());
      case BigInteger i -> i.bitLength() < 128 ? new BigDecimal(i) : rounded(i.doubleValue());
      case Number n -> rounded(n.doubleValue());
      case null, default -> null;
    };
  }

  /** A number as JSON shows it best: whole numbers as integers, others as decimals. */
  public static Number tidy(BigDecimal number) {
    if (number.signum() == 0) {
      return 0L;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18) {
      return stripped.longValueExact();
    }
    return number.doubleValue();
  }

  /** A value as text: a text itself, a number in its shortest form, other values as JSON. */
  public static String text(Object value) {
    return switch (value) {
      case String s -> s;
      case Instant at -> Timestamps.format(at);
      case Number n -> {
        BigDecimal number = number(n);
        yield number == null ? n.toString() : plain(number);
      }
      case Map<?, ?> ignored -> json(value);
      case List<?> ignored -> json(value);
      default -> value.toString();
    };
  }

  /** A text that two values have in common exactly when they are the same. */
  public static String identity(Object value) {
    return switch (value) {
      case Number n -> "n" + text(n);
      case Boolean b -> "b" + b;
      case Map<?, ?> ignored -> "j" + text(value);
      case List<?> ignored -> "j" + text(value);
      default -> "s" + text(value);
    };
  }

  /** The value of an {@linkplain #identity identity}; a map or list comes back as its JSON. */
  public static Object ofIdentity(String identity) {
    String text = identity.substring(1);
    return switch (identity.charAt(0)) {
      case 'n' -> tidy(new BigDecimal(text));
      case 'b' -> Boolean.valueOf(text);
      default -> text;
    };
  }

  private static String json(Object value) {
    String wrapped =
        new String(EventCodec.encodeObject(Map.of("v", value)), StandardCharsets.UTF_8);
    return wrapped.substring("{\"v\":".length(), wrapped.length() - 1);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static boolean isLong(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  private static boolean isSane(BigDecimal number) {
    return Math.abs((long) number.scale()) <= EXACT_DIGITS && number.precision() <= EXACT_DIGITS;
  }

  private static @Nullable BigDecimal rounded(double number) {
    return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
  }
}
