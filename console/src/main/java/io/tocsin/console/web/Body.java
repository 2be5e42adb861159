package io.tocsin.console.web;

import io.tocsin.bootstrap.config.Durations;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's JSON object, strictly read as {@link Parameters} are. */
final class Body {

  private static final int MAX_BYTES = 65_536;
  private static final int MAX_TEXT = 2_000;

  private final Map<String, @Nullable Object> fields;

  private Body(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  static Body of(Request request, String... known) throws IOException {
    Map<String, @Nullable Object> fields = object(request);
    List<String> names = List.of(known);
    for (String given : fields.keySet()) {
      if (!names.contains(given)) {
        throw new HttpProblem(
            400, "'" + given + "' is no field here; known: " + String.join(", ", names));
      }
    }
    return new Body(fields);
  }

  private static Map<String, @Nullable Object> object(Request request) throws IOException {
    try {
      return EventCodec.decodeObject(request.body(MAX_BYTES));
    } catch (MalformedEventException e) {
      throw new HttpProblem(
          400, "the body must be a JSON object with its fields in quotes: " + e.getMessage());
    }
  }

  Optional<String> text(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw Parameters.refusal(name, String.valueOf(value), "must be text in quotes");
    }
    if (text.length() > MAX_TEXT) {
      throw Parameters.refusal(
          name, text.substring(0, 40) + "…", "must be at most " + MAX_TEXT + " characters");
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }

  String required(String name, String rule) {
    return text(name).orElseThrow(() -> new HttpProblem(400, name + ": is missing; " + rule));
  }

  Optional<Instant> time(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Timestamps.parse(text);
              } catch (MalformedEventException e) {
                throw Parameters.refusal(
                    name, text, "must be an RFC 3339 time such as 2026-12-24T18:00:00Z");
              }
            });
  }

  Optional<Duration> duration(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Durations.parse(text);
              } catch (IllegalArgumentException | ArithmeticException e) {
                throw Parameters.refusal(name, text, "must be a duration such as 30m, 2h or 7d");
              }
            });
  }

  /** Names, each with a value or a list of values. */
  Map<String, List<String>> names(String name) {
    String rule = "must be an object such as {\"service\": \"api\"}";
    Object value = fields.get(name);
    if (!(value instanceof Map<?, ?> object)) {
      throw Parameters.refusal(name, String.valueOf(value), rule);
    }
    Map<String, List<String>> names = new LinkedHashMap<>();
    object.forEach((key, one) -> names.put(String.valueOf(key), values(name + "." + key, one)));
    return names;
  }

  private static List<String> values(String name, @Nullable Object value) {
    List<String> texts = new ArrayList<>();
    for (Object one : value instanceof List<?> list ? list : Collections.singletonList(value)) {
      if (one instanceof Map || one instanceof List || one == null) {
        throw Parameters.refusal(name, String.valueOf(one), "must be a value or a list of values");
      }
      texts.add(String.valueOf(one));
    }
    return texts;
  }
}
