package io.tocsin.bootstrap.config;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Single values: text to the types that a configuration is made of. */
final class Scalars {

  private record Form(Function<String, Object> reader, String rule) {}

  private static final Map<Class<?>, Form> FORMS =
      Map.ofEntries(
          Map.entry(String.class, new Form(text -> text, "must be text")),
          Map.entry(int.class, new Form(Integer::valueOf, "must be a whole number")),
          Map.entry(Integer.class, new Form(Integer::valueOf, "must be a whole number")),
          Map.entry(long.class, new Form(Long::valueOf, "must be a whole number")),
          Map.entry(Long.class, new Form(Long::valueOf, "must be a whole number")),
          Map.entry(double.class, new Form(Double::valueOf, "must be a number")),
          Map.entry(Double.class, new Form(Double::valueOf, "must be a number")),
          Map.entry(boolean.class, new Form(Scalars::bool, "must be true or false")),
          Map.entry(Boolean.class, new Form(Scalars::bool, "must be true or false")),
          Map.entry(Duration.class, new Form(Durations::parse, "")),
          Map.entry(DataSize.class, new Form(DataSize::parse, "")),
          Map.entry(Path.class, new Form(Path::of, "must be a path")),
          Map.entry(URI.class, new Form(URI::create, "must be a URI")),
          Map.entry(ZoneId.class, new Form(ZoneId::of, "must be a time zone, such as Europe/Oslo")),
          Map.entry(Pattern.class, new Form(Pattern::compile, "must be a regular expression")),
          Map.entry(Charset.class, new Form(Charset::forName, "must be a character set")));

  private Scalars() {}

  static boolean know(Class<?> type) {
    return type == Object.class || type.isEnum() || FORMS.containsKey(type);
  }

  static Object bind(ConfigNode node, Class<?> type) {
    if (type == Object.class) {
      Object plain = node.plain();
      return plain == null ? "" : plain;
    }
    String text = node.text();
    if (type.isEnum()) {
      return constant(node, text, type);
    }
    Form form = FORMS.get(type);
    if (form == null) {
      throw new IllegalStateException("no configuration may be of type " + type);
    }
    try {
      return form.reader().apply(text);
    } catch (InvalidValueException e) {
      throw node.refused(e);
    } catch (PatternSyntaxException e) {
      throw node.invalid(form.rule() + ": " + e.getDescription(), "");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw node.invalid(form.rule(), "");
    }
  }

  private static Object constant(ConfigNode node, String text, Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(Names.kebab(((Enum<?>) constant).name()), constant);
    }
    @Nullable Object match = constants.get(Names.kebab(text));
    if (match == null) {
      throw node.invalid("must be one of " + String.join(", ", constants.keySet()), "");
    }
    return match;
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
