package io.tocsin.bootstrap.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a value of a type out of a place in a file. Problems of siblings are gathered. */
final class Binder {

  private Binder() {}

  static Object bind(ConfigNode node, Type type) {
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(node, generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == ConfigNode.class) {
      return node;
    }
    Optional<Method> own = ownReader(raw);
    if (own.isPresent()) {
      return invoke(node, () -> own.get().invoke(null, node));
    }
    // ZoneId is itself a sealed class, DataSize a record: single values come before structures.
    if (Scalars.know(raw)) {
      return Scalars.bind(node, raw);
    }
    if (raw.isSealed()) {
      return bindVariant(node, raw);
    }
    if (raw.isRecord()) {
      return bindRecord(node, raw);
    }
    throw new IllegalStateException("no configuration may be of type " + raw);
  }

  private static Object bindGeneric(ConfigNode node, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      List<Object> list = new ArrayList<>();
      gather(node.items(), item -> list.add(bind(item, arguments[0])));
      return Collections.unmodifiableList(list);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      gather(node.keys(), key -> map.put(key, bind(node.get(key).orElseThrow(), arguments[1])));
      return Collections.unmodifiableMap(map);
    }
    throw new IllegalStateException("no configuration may be of type " + type);
  }

  private static Object bindVariant(ConfigNode node, Class<?> type) {
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      variants.put(Names.ofVariant(permitted), permitted);
    }
    List<String> keys = node.keys();
    Class<?> variant = keys.size() == 1 ? variants.get(keys.getFirst()) : null;
    if (variant == null) {
      throw unknownVariant(node, keys, List.copyOf(variants.keySet()));
    }
    return bind(node.get(keys.getFirst()).orElseThrow(), variant);
  }

  private static Invalid unknownVariant(ConfigNode node, List<String> given, List<String> known) {
    String rule = "must be one of " + String.join(", ", known);
    if (given.size() != 1) {
      return new Invalid(
          new Problem(node.file(), node.line(), node.key(), null, rule, "exactly one"));
    }
    String name = given.getFirst();
    String near = Names.nearest(name, known);
    String remedy = near.startsWith("known") ? "this version has no other; take it out" : near;
    return new Invalid(new Problem(node.file(), node.line(), node.key(), name, rule, remedy));
  }

  private static Object bindRecord(ConfigNode node, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Problem> problems = new ArrayList<>(unknownKeys(node, components));
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      try {
        arguments[i] = bindComponent(node, components[i]);
      } catch (Invalid e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return invoke(
        node,
        () -> {
          Constructor<?> constructor = type.getDeclaredConstructor(types);
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        });
  }

  private static List<Problem> unknownKeys(ConfigNode node, RecordComponent[] components) {
    List<String> known = Arrays.stream(components).map(Names::ofComponent).toList();
    return node.unknownKeys(known);
  }

  private static @Nullable Object bindComponent(ConfigNode parent, RecordComponent component) {
    String name = Names.ofComponent(component);
    Optional<ConfigNode> given = parent.get(name).filter(node -> !node.isNull());
    if (given.isPresent()) {
      return bind(given.get(), component.getGenericType());
    }
    Default otherwise = component.getAnnotation(Default.class);
    if (otherwise != null) {
      return bind(
          ConfigReader.parse("default of " + name, otherwise.value()), component.getGenericType());
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw parent.missing(name, "");
  }

  private static Optional<Method> ownReader(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("fromConfig"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .peek(method -> method.setAccessible(true))
        .findFirst();
  }

  private static <T> void gather(List<T> items, Consumer<T> each) {
    List<Problem> problems = new ArrayList<>();
    for (T item : items) {
      try {
        each.accept(item);
      } catch (Invalid e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }

  private interface Reflective {
    Object call() throws ReflectiveOperationException;
  }

  private static Object invoke(ConfigNode node, Reflective reader) {
    try {
      return reader.call();
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Invalid invalid -> throw invalid;
        case InvalidValueException refusal -> throw node.refused(refusal);
        case IllegalArgumentException refusal ->
            throw node.invalid(String.valueOf(refusal.getMessage()), "");
        case null, default -> throw new IllegalStateException("reading " + node.key(), e);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("reading " + node.key(), e);
    }
  }
}
