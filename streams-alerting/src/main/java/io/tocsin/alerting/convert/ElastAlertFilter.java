package io.tocsin.alerting.convert;

import io.tocsin.event.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters in the language of Elasticsearch queries as a selection; all of them must match. */
final class ElastAlertFilter {

  /** One term of a query string: {@code field:value}, {@code field:"some words"}. */
  private static final Pattern TERM =
      Pattern.compile("(?:(NOT|-|!)\\s*)?([\\w.@]+):(?:\"([^\"]*)\"|([^\\s()\"\\[\\]{}]+))");

  private static final Map<String, String> NAMES =
      Map.of(
          "@timestamp",
          "ts",
          "host.name",
          "host",
          "hostname",
          "host",
          "service.name",
          "service",
          "log.level",
          "level",
          "severity",
          "level");

  private final Map<String, Object> match = new LinkedHashMap<>();
  private final List<Map<String, Object>> anyOf = new ArrayList<>();
  private final List<Map<String, Object>> noneOf = new ArrayList<>();
  private final Draft draft;

  private ElastAlertFilter(Draft draft) {
    this.draft = draft;
  }

  /** What the filters let through; refuses the draft for what cannot be said. */
  static Map<String, Object> read(@Nullable Object filters, Draft draft) {
    ElastAlertFilter filter = new ElastAlertFilter(draft);
    Parts.list(filters).forEach(each -> filter.clause(Parts.map(each)));
    return filter.selection();
  }

  private Map<String, Object> selection() {
    if (!anyOf.isEmpty()) {
      match.put("any-of", List.copyOf(anyOf));
    }
    if (!noneOf.isEmpty()) {
      match.put("none-of", List.copyOf(noneOf));
    }
    return match;
  }

  private void clause(Map<String, @Nullable Object> clause) {
    for (Map.Entry<String, @Nullable Object> each : clause.entrySet()) {
      Map<String, @Nullable Object> body = Parts.map(each.getValue());
      switch (each.getKey()) {
        case "query" -> clause(body);
        case "term", "match", "match_phrase" ->
            body.forEach((field, value) -> wants(field, plain(value, "value", "query")));
        case "terms" -> body.forEach((field, value) -> wants(field, Parts.list(value)));
        case "range" -> body.forEach((field, value) -> wants(field, range(value)));
        case "exists" -> wants(body.get("field"), Map.of("exists", true));
        case "regexp" ->
            body.forEach(
                (f, value) -> wants(f, Map.of("regex", "^(?:" + plain(value, "value") + ")$")));
        case "prefix" ->
            body.forEach(
                (f, value) -> wants(f, Map.of("regex", "^" + quoted(plain(value, "value")))));
        case "wildcard" -> body.forEach((f, value) -> wants(f, wildcard(plain(value, "value"))));
        case "query_string" -> queryString(String.valueOf(body.get("query")));
        case "bool" -> bool(body);
        case "not" -> noneOf.add(read(each.getValue(), draft));
        default -> draft.refuse("the filter has no counterpart: " + each.getKey());
      }
    }
  }

  private void bool(Map<String, @Nullable Object> body) {
    body.forEach(
        (occurs, clauses) -> {
          switch (occurs) {
            case "must", "filter" -> Parts.list(clauses).forEach(c -> clause(Parts.map(c)));
            case "must_not" -> Parts.list(clauses).forEach(c -> noneOf.add(read(c, draft)));
            case "should" -> should(Parts.list(clauses));
            case "minimum_should_match" -> {
              if (!"1".equals(String.valueOf(clauses))) {
                draft.refuse("minimum_should_match is " + clauses + "; any-of wants one");
              }
            }
            default -> draft.refuse("the filter has no counterpart: bool " + occurs);
          }
        });
  }

  private void should(List<?> clauses) {
    if (!anyOf.isEmpty()) {
      draft.refuse("the filter has two lists of alternatives");
    }
    clauses.forEach(clause -> anyOf.add(read(clause, draft)));
  }

  /** Terms that are joined by AND, or all of them by OR. */
  private void queryString(String query) {
    List<Map<String, Object>> terms = new ArrayList<>();
    Matcher term = TERM.matcher(query);
    while (term.find()) {
      String value = term.group(3) == null ? term.group(4) : term.group(3);
      Object wanted = term.group(3) == null ? wildcard(value) : value;
      String field = field(term.group(2));
      terms.add(Map.of(field, term.group(1) == null ? wanted : Map.of("not", wanted)));
    }
    String joints = term.replaceAll("").strip();
    if (terms.isEmpty() || !joints.matches("(AND|&&|\\s)*|(OR|\\|\\||\\s)*")) {
      draft.refuse("the query string has no counterpart: " + query);
    } else if (joints.isEmpty() && terms.size() > 1) {
      draft.refuse("the query string does not say AND or OR: " + query);
    } else if (joints.startsWith("OR") || joints.startsWith("|")) {
      anyOf.addAll(terms);
    } else {
      terms.forEach(each -> each.forEach(this::wants));
    }
  }

  private void wants(@Nullable Object field, @Nullable Object value) {
    String name = field(String.valueOf(field));
    if (value == null) {
      draft.refuse("the filter on " + name + " names no value");
    } else if (match.putIfAbsent(name, value) != null) {
      draft.refuse("the filter has two conditions on " + name);
    }
  }

  private static Object wildcard(@Nullable Object value) {
    String text = String.valueOf(value);
    if (text.equals("*")) {
      return Map.of("exists", true);
    }
    if (!text.contains("*") && !text.contains("?")) {
      return number(text);
    }
    StringBuilder regex = new StringBuilder("^");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : quoted(String.valueOf(c)));
    }
    return Map.of("regex", regex.append('$').toString());
  }

  private static Object number(String text) {
    return text.matches("-?\\d{1,15}") ? (Object) Long.valueOf(text) : text;
  }

  private static String quoted(@Nullable Object text) {
    return String.valueOf(text).replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
  }

  private Map<String, Object> range(@Nullable Object bounds) {
    Map<String, Object> range = new LinkedHashMap<>();
    Parts.map(bounds)
        .forEach(
            (operator, bound) -> {
              if (List.of("gte", "gt", "lte", "lt").contains(operator) && bound != null) {
                range.put(operator, bound);
              } else {
                draft.refuse("the range has no counterpart: " + operator);
              }
            });
    return range;
  }

  /** A value, or what stands under one of these keys of an object. */
  private static @Nullable Object plain(@Nullable Object value, String... keys) {
    if (value instanceof Map<?, ?> object) {
      for (String key : keys) {
        if (object.get(key) != null) {
          return object.get(key);
        }
      }
      return null;
    }
    return value;
  }

  /** Where a field of an index stands in a record. */
  static String field(String name) {
    String plain = name.endsWith(".keyword") ? name.substring(0, name.length() - 8) : name;
    String known = NAMES.getOrDefault(plain, plain);
    boolean stands =
        Envelope.has(known) || known.startsWith("meta.") || known.startsWith("values.");
    return stands ? known : "meta." + known;
  }
}
