package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value or a list of values, in which {@code *} stands for anything. In a file: {@code api} or
 * {@code [api, "worker-*"]}.
 */
public final class AnyOf {

  private final List<String> values;
  private final Pattern pattern;

  private AnyOf(List<String> values) {
    InvalidValueException.require(!values.isEmpty(), "", "[]", "must hold at least one value");
    this.values = List.copyOf(values);
    this.pattern =
        Pattern.compile(values.stream().map(AnyOf::expression).collect(Collectors.joining("|")));
  }

  /** Any of these. */
  public static AnyOf of(String... values) {
    return new AnyOf(List.of(values));
  }

  /** Reads a value or a list of them. */
  public static AnyOf fromConfig(ConfigNode node) {
    return new AnyOf(
        node.isList()
            ? node.items().stream().map(ConfigNode::text).toList()
            : List.of(node.text()));
  }

  /** Whether the whole of {@code value} is one of these. */
  public boolean matches(String value) {
    return pattern.matcher(value).matches();
  }

  private static String expression(String value) {
    return Stream.of(value.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnyOf anyOf && anyOf.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** As it stands in a file. */
  @Override
  public String toString() {
    return values.size() == 1 ? values.getFirst() : values.toString();
  }
}
