package io.tocsin.bootstrap.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether two configurations say the same. {@code equals} of their records does not tell: regular
 * expressions and secrets are only equal to themselves.
 */
public final class ConfigValues {

  private ConfigValues() {}

  /** Whether both were read from the same words, and from secrets of the same content. */
  public static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null || one.getClass() != other.getClass()) {
      return sameLists(one, other);
    }
    return switch (one) {
      case Pattern pattern -> pattern.pattern().equals(((Pattern) other).pattern());
      case Secret secret -> secret.reveal().equals(((Secret) other).reveal());
      case KafkaSettings kafka ->
          sameMaps(kafka.with(Map.of()), ((KafkaSettings) other).with(Map.of()));
      case Record ignored -> sameRecords(one, other);
      case Map<?, ?> map -> sameMaps(map, (Map<?, ?>) other);
      default -> sameLists(one, other);
    };
  }

  /** The same of two records of one type, one of whose components does not count. */
  public static boolean sameBut(String component, Record one, Record other) {
    return Arrays.stream(one.getClass().getRecordComponents())
        .filter(each -> !each.getName().equals(component))
        .allMatch(each -> same(value(each, one), value(each, other)));
  }

  /** Lists of several classes may be equal. */
  private static boolean sameLists(@Nullable Object one, @Nullable Object other) {
    if (!(one instanceof List<?> left) || !(other instanceof List<?> right)) {
      return Objects.equals(one, other);
    }
    boolean same = left.size() == right.size();
    for (int i = 0; same && i < left.size(); i++) {
      same = same(left.get(i), right.get(i));
    }
    return same;
  }

  private static boolean sameMaps(Map<?, ?> one, Map<?, ?> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
  }

  private static boolean sameRecords(Object one, Object other) {
    return Arrays.stream(one.getClass().getRecordComponents())
        .allMatch(each -> same(value(each, one), value(each, other)));
  }

  private static @Nullable Object value(RecordComponent component, Object of) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("reading " + component, e);
    }
  }
}
