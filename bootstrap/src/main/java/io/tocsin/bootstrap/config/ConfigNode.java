package io.tocsin.bootstrap.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A place in a YAML file: a value, with the file, line and dotted key it stands at. Immutable. */
public final class ConfigNode {

  private final String file;
  private final String key;
  private final Node node;

  ConfigNode(String file, String key, Node node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isScalar() {
    return node instanceof ScalarNode;
  }

  /** True for an explicit or an empty null. */
  public boolean isNull() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  /** The line it starts at, from 1. */
  public int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The dotted path from the root, such as {@code rules[2].match.level}; empty at the root. */
  public String key() {
    return key;
  }

  /** A scalar as written. */
  public String text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return scalar.getValue();
    }
    throw invalid("must be a single value", "");
  }

  /** The keys of a mapping, in order; a problem when it is none or has a key twice. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (NodeTuple tuple : mapping().getValue()) {
      ConfigNode at = new ConfigNode(file, key, tuple.getKeyNode());
      String name = at.text();
      if (keys.contains(name)) {
        throw new Invalid(
            new Problem(file, at.line(), child(name), null, "stands twice", "keep one of them"));
      }
      keys.add(name);
    }
    return keys;
  }

  /** The value under a key of a mapping. */
  public Optional<ConfigNode> get(String name) {
    for (NodeTuple tuple : mapping().getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(name)) {
        return Optional.of(new ConfigNode(file, child(name), tuple.getValueNode()));
      }
    }
    return Optional.empty();
  }

  /** A problem for every key of this mapping that is not among {@code known}. */
  public List<Problem> unknownKeys(List<String> known) {
    List<Problem> problems = new ArrayList<>();
    for (String name : keys()) {
      if (!known.contains(name)) {
        ConfigNode at = get(name).orElseThrow();
        problems.add(
            new Problem(
                file, at.line(), at.key, null, "is no key here", Names.nearest(name, known)));
      }
    }
    return problems;
  }

  /** The items of a list. */
  public List<ConfigNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw invalid("must be a list", "");
    }
    List<ConfigNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new ConfigNode(file, key + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** Reads this place as a type, as {@link ConfigReader} says. */
  public <T> T as(Class<T> type) {
    return type.cast(Binder.bind(this, type));
  }

  /** The value as JSON has it: map, list, text, Boolean, Long, BigInteger, BigDecimal or null. */
  public @Nullable Object plain() {
    return switch (node) {
      case ScalarNode scalar -> plainScalar(scalar);
      case SequenceNode ignored -> items().stream().map(ConfigNode::plain).toList();
      default -> plainMap();
    };
  }

  /** A problem at this place; throw it. The reader goes on and reports all problems together. */
  public RuntimeException invalid(String rule, String remedy) {
    return new Invalid(new Problem(file, line(), key, shown(), rule, remedy));
  }

  /** The same without the value, which may be a secret in the wrong place. */
  RuntimeException invalidHidden(String rule, String remedy) {
    return new Invalid(new Problem(file, line(), key, null, rule, remedy));
  }

  /** A problem with a key of this mapping that is missing; throw it. */
  public RuntimeException missing(String name, String remedy) {
    return new Invalid(new Problem(file, line(), child(name), null, "is missing", remedy));
  }

  /** A problem with a key of this mapping; throw it. */
  RuntimeException refused(InvalidValueException refusal) {
    if (refusal.key().isEmpty()) {
      String value = refusal.value();
      return new Invalid(new Problem(file, line(), key, value, refusal.rule(), ""));
    }
    int line = at(refusal.key()).map(ConfigNode::line).orElse(line());
    return new Invalid(
        new Problem(file, line, child(refusal.key()), refusal.value(), refusal.rule(), ""));
  }

  /** The place under a key, or a path such as {@code sources[1].http}. */
  private Optional<ConfigNode> at(String path) {
    Optional<ConfigNode> place = Optional.of(this);
    for (String step : path.split("[.\\[]")) {
      place = place.flatMap(here -> here.step(step));
    }
    return place;
  }

  private Optional<ConfigNode> step(String step) {
    if (step.endsWith("]") && isList()) {
      int index = Integer.parseInt(step, 0, step.length() - 1, 10);
      return items().stream().skip(index).findFirst();
    }
    return isMap() ? get(step) : Optional.empty();
  }

  private Map<String, @Nullable Object> plainMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String name : keys()) {
      map.put(name, get(name).orElseThrow().plain());
    }
    return map;
  }

  private @Nullable Object plainScalar(ScalarNode scalar) {
    String value = scalar.getValue();
    Tag tag = scalar.getTag();
    try {
      if (tag.equals(Tag.NULL)) {
        return null;
      } else if (tag.equals(Tag.BOOL)) {
        return Boolean.valueOf(value);
      } else if (tag.equals(Tag.INT)) {
        BigInteger number = new BigInteger(value);
        return number.bitLength() < 64 ? (Object) number.longValueExact() : number;
      } else if (tag.equals(Tag.FLOAT)) {
        return new BigDecimal(value);
      }
    } catch (NumberFormatException e) {
      return value; // .inf, 0x1F and the like: what JSON cannot say stays text
    }
    return value;
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw invalid("must be a mapping of keys to values", "");
  }

  private String child(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  private @Nullable String shown() {
    return isScalar() && !isNull() ? ((ScalarNode) node).getValue() : null;
  }
}
