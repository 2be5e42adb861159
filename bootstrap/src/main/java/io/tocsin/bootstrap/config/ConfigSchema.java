package io.tocsin.bootstrap.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON Schema (draft 2020-12) of a configuration out of its records, for editors: keys,
 * what each takes, defaults and descriptions. It says less than the reader checks: bounds and what
 * goes with what are the constructors' own.
 */
public final class ConfigSchema {

  private static final String DEFINITIONS = "$defs";
  private static final String DURATION = "^\\s*\\d{1,12}\\s*(ms|s|m|h|d|w)\\s*$";
  private static final String SIZE =
      "^\\s*\\d{1,12}\\s*([bB]|[kKmMgGtT][iI][bB]|[kKmMgGtT][bB])\\s*$";

  /** Every record once, by its key: they may hold each other. */
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  private ConfigSchema() {}

  /** The schema as JSON has it: maps, lists, text, numbers and booleans. */
  public static Map<String, Object> of(Class<? extends Record> type, String title) {
    ConfigSchema schema = new ConfigSchema();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", title);
    root.putAll(schema.keys(type));
    root.put(DEFINITIONS, schema.definitions);
    return root;
  }

  private Map<String, Object> keys(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = Names.ofComponent(component);
      properties.put(name, value(component));
      if (component.getAnnotation(Default.class) == null
          && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(name);
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("additionalProperties", false);
    return object;
  }

  private Map<String, Object> value(RecordComponent component) {
    Map<String, Object> schema = new LinkedHashMap<>();
    Doc doc = component.getAnnotation(Doc.class);
    if (doc != null) {
      schema.put("description", doc.value());
    }
    schema.putAll(value(component.getGenericType()));
    Default otherwise = component.getAnnotation(Default.class);
    if (otherwise != null) {
      Object plain = ConfigReader.parse("default", otherwise.value()).plain();
      schema.put("default", plain == null ? "" : plain);
    }
    return schema;
  }

  private Map<String, Object> value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Map<String, Object> of = value(arguments[arguments.length - 1]);
      return generic.getRawType() == List.class
          ? Map.of("type", "array", "items", of)
          : Map.of("type", "object", "additionalProperties", of);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum() && !ConfigReference.readsItself(raw)) {
      return Map.of(
          "enum",
          Arrays.stream(raw.getEnumConstants())
              .map(constant -> Names.kebab(((Enum<?>) constant).name()))
              .toList());
    }
    if (Scalars.know(raw)) {
      return scalar(raw);
    }
    return ConfigReference.readsItself(raw) ? own(raw) : reference(raw);
  }

  private static Map<String, Object> scalar(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> Map.of("type", "integer");
      case "double", "Double" -> Map.of("type", "number");
      case "boolean", "Boolean" -> Map.of("type", "boolean");
      case "Duration" -> Map.of("type", "string", "pattern", DURATION);
      case "DataSize" -> Map.of("type", "string", "pattern", SIZE);
      case "Object" -> Map.of();
      // A name such as 7 or true needs no quotes: the reader takes it as it stands.
      case "String" -> Map.of("type", List.of("string", "number", "boolean"));
      default -> Map.of("type", "string");
    };
  }

  /** A type that reads itself. What is not known of it is left open, and said in its words. */
  private Map<String, Object> own(Class<?> type) {
    if (type == Secret.class) {
      return secret();
    }
    if (type == KafkaSettings.class) {
      return Map.of(
          "type",
          "object",
          "properties",
          Map.of("bootstrap-servers", Map.of("type", "string")),
          "required",
          List.of("bootstrap-servers"));
    }
    Map<String, Object> open = new LinkedHashMap<>();
    Doc doc = type.getAnnotation(Doc.class);
    if (doc != null) {
      open.put("$comment", doc.value());
    }
    RecordComponent[] parts = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    if (parts.length == 1 && parts[0].getType().isRecord()) {
      open.put("anyOf", List.of(Map.of("type", "string"), reference(parts[0].getType())));
    }
    return open;
  }

  private static Map<String, Object> secret() {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", Map.of("env", text, "file", text));
    schema.put("minProperties", 1);
    schema.put("maxProperties", 1);
    schema.put("additionalProperties", false);
    return schema;
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = names.get(type);
    if (name == null) {
      name = fresh(Names.kebab(type.getSimpleName()));
      names.put(type, name);
      definitions.put(name, Map.of()); // its place, for a type that holds itself
      definitions.put(name, type.isRecord() ? keys(type) : variants(type));
    }
    return Map.of("$ref", "#/" + DEFINITIONS + "/" + name);
  }

  private String fresh(String name) {
    String free = name;
    for (int i = 2; definitions.containsKey(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /** One object with one key: editors offer all of them. */
  private Map<String, Object> variants(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      properties.put(Names.ofVariant(variant), reference(ConfigReference.content(variant)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    object.put("minProperties", 1);
    object.put("maxProperties", 1);
    object.put("additionalProperties", false);
    return object;
  }
}
