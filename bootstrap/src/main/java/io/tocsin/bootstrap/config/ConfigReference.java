package io.tocsin.bootstrap.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the reference of a configuration out of its records, so that it cannot go stale. */
public final class ConfigReference {

  private final StringBuilder text = new StringBuilder();

  /** The types being described; one that holds itself, as a tree does, is described once. */
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private ConfigReference() {}

  /**
   * A Markdown table of every key a file of this type may have: key, what it takes, default, use.
   */
  public static String markdown(Class<? extends Record> type) {
    ConfigReference reference = new ConfigReference();
    reference.text.append("| key | takes | default | what it is for |\n");
    reference.text.append("| --- | --- | --- | --- |\n");
    reference.rows("", type);
    return reference.text.toString();
  }

  private void rows(String prefix, Class<?> type) {
    if (open.contains(type)) {
      return;
    }
    open.push(type);
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + Names.ofComponent(component);
      Type of = component.getGenericType();
      row(key, takes(of), otherwise(component), doc(component));
      descend(key, of);
    }
    open.pop();
  }

  private void descend(String key, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      descend(
          key + (generic.getRawType() == Map.class ? ".*" : "[]"), arguments[arguments.length - 1]);
    } else if (type instanceof Class<?> raw && isStructure(raw)) {
      if (raw.isRecord()) {
        rows(key + ".", raw);
      } else {
        for (Class<?> variant : raw.getPermittedSubclasses()) {
          Doc own = variant.getAnnotation(Doc.class);
          if (own != null && readsItself(variant) && content(variant) == variant) {
            row(key + "." + Names.ofVariant(variant), own.value(), "–", "");
          } else if (variant.isRecord()) {
            rows(key + "." + Names.ofVariant(variant) + ".", content(variant));
          }
        }
      }
    }
  }

  /** A variant that reads itself and holds one record is written as that record. */
  static Class<?> content(Class<?> variant) {
    RecordComponent[] components = variant.getRecordComponents();
    return readsItself(variant) && components.length == 1 && components[0].getType().isRecord()
        ? components[0].getType()
        : variant;
  }

  private void row(String... cells) {
    text.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** A type that reads itself is described by its own {@link Doc}, not by its components. */
  private static boolean isStructure(Class<?> type) {
    return !Scalars.know(type) && !readsItself(type) && (type.isRecord() || type.isSealed());
  }

  static boolean readsItself(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals("fromConfig"));
  }

  private static String takes(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String of = takes(arguments[arguments.length - 1]);
      return generic.getRawType() == List.class ? "list of " + of : "names to " + of;
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(constant -> "`" + Names.kebab(((Enum<?>) constant).name()) + "`")
          .collect(Collectors.joining(", "));
    }
    Doc own = raw.getAnnotation(Doc.class);
    if (own != null) {
      return own.value();
    }
    if (isStructure(raw)) {
      return raw.isRecord() ? "keys below" : "one of the variants below";
    }
    return switch (raw.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "boolean", "Boolean" -> "`true`, `false`";
      case "Duration" -> "duration (`500ms`, `5s`, `1m`, `2h`)";
      case "DataSize" -> "size (`64KiB`, `512MiB`)";
      case "Secret" -> "`{ env: NAME }` or `{ file: PATH }`";
      case "Path" -> "path";
      case "URI" -> "address";
      case "ZoneId" -> "time zone (`Europe/Istanbul`)";
      case "Pattern" -> "regular expression";
      case "Charset" -> "character set";
      case "KafkaSettings" -> "`bootstrap-servers` and any Kafka client property";
      case "Object", "ConfigNode" -> "any value";
      default -> "text";
    };
  }

  private static String otherwise(RecordComponent component) {
    Default value = component.getAnnotation(Default.class);
    if (value != null) {
      return "`" + value.value() + "`";
    }
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? "–" : "required";
  }

  private static String doc(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }
}
