package io.tocsin.alerting.rule;

import io.tocsin.alerting.rule.Selection.FieldMatch;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.event.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code match}, {@code among} and the objects within {@code any-of} and {@code none-of}. */
final class SelectionReader {

  private static final List<String> OPERATORS =
      List.of("not", "contains", "regex", "gte", "gt", "lte", "lt", "exists");

  private SelectionReader() {}

  static Selection read(ConfigNode node) {
    List<FieldMatch> fields = new ArrayList<>();
    List<Selection> anyOf = new ArrayList<>();
    List<Selection> noneOf = new ArrayList<>();
    Gathering gathering = new Gathering();
    for (String key : node.keys()) {
      ConfigNode value = node.get(key).orElseThrow();
      gathering.read(
          () ->
              switch (key) {
                case "any-of" -> anyOf.addAll(alternatives(value));
                case "none-of" -> noneOf.addAll(alternatives(value));
                default -> fields.add(field(key, value));
              });
    }
    gathering.check();
    return new Selection(List.copyOf(fields), List.copyOf(anyOf), List.copyOf(noneOf));
  }

  private static List<Selection> alternatives(ConfigNode node) {
    List<Selection> selections = new ArrayList<>();
    Gathering gathering = new Gathering();
    for (ConfigNode item : node.items()) {
      gathering.read(() -> selections.add(read(item)));
    }
    gathering.check();
    if (selections.isEmpty()) {
      throw node.invalid("must not be empty", "");
    }
    return selections;
  }

  private static FieldMatch field(String key, ConfigNode value) {
    FieldPath field = Scalars.field(value, key);
    return new FieldMatch(field, matcher(field, value));
  }

  private static Matcher matcher(FieldPath field, ConfigNode node) {
    if (node.isList()) {
      return anyOf(field, node);
    }
    return node.isMap() ? allOf(field, node) : new Matcher.Equal(operand(field, node));
  }

  private static Matcher anyOf(FieldPath field, ConfigNode node) {
    List<Matcher> matchers = new ArrayList<>();
    Gathering gathering = new Gathering();
    for (ConfigNode item : node.items()) {
      gathering.read(() -> matchers.add(matcher(field, item)));
    }
    gathering.check();
    if (matchers.isEmpty()) {
      throw node.invalid("must not be empty", "give at least one value");
    }
    return new Matcher.AnyOf(List.copyOf(matchers));
  }

  private static Matcher allOf(FieldPath field, ConfigNode node) {
    List<Matcher> matchers = new ArrayList<>();
    Gathering gathering = new Gathering();
    gathering.addAll(node.unknownKeys(OPERATORS));
    for (String key : node.keys()) {
      if (OPERATORS.contains(key)) {
        ConfigNode value = node.get(key).orElseThrow();
        gathering.read(() -> matchers.add(operator(field, key, value)));
      }
    }
    gathering.check();
    if (matchers.isEmpty()) {
      throw node.invalid("must not be empty", "give one of " + String.join(", ", OPERATORS));
    }
    return matchers.size() == 1 ? matchers.getFirst() : new Matcher.AllOf(List.copyOf(matchers));
  }

  private static Matcher operator(FieldPath field, String key, ConfigNode value) {
    return switch (key) {
      case "not" -> new Matcher.Not(matcher(field, value));
      case "contains" -> new Matcher.Contains(Values.text(Scalars.value(value)));
      case "regex" -> new Matcher.Regex(pattern(value));
      case "exists" -> new Matcher.Exists(value.as(Boolean.class));
      default ->
          new Matcher.Compare(
              Matcher.Operator.valueOf(key.toUpperCase(Locale.ROOT)), operand(field, value));
    };
  }

  private static Pattern pattern(ConfigNode node) {
    try {
      return Pattern.compile(node.text());
    } catch (PatternSyntaxException e) {
      throw node.invalid("must be a regular expression: " + e.getDescription(), "");
    }
  }

  private static Object operand(FieldPath field, ConfigNode node) {
    Object value = Scalars.value(node);
    if (!field.isLevel()) {
      return value;
    }
    return Level.of(value.toString())
        .orElseThrow(
            () -> node.invalid("must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL", ""));
  }
}
