package io.tocsin.bootstrap.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method and a path pattern, and who answers them. */
record Route(String method, String pattern, HttpServer.Handler handler) {

  static Response dispatch(List<Route> routes, HttpExchange exchange)
      throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> parts = route.match(path);
      if (parts.isPresent()) {
        known = true;
        if (route.answers(method)) {
          return route.handler().handle(request(exchange, parts.get()));
        }
      }
    }
    throw known
        ? new HttpProblem(405, method + " is not for this path")
        : new HttpProblem(404, "there is nothing at this path");
  }

  private boolean answers(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }

  private Optional<Map<String, String>> match(String path) {
    String[] want = pattern.split("/", -1);
    String[] have = path.split("/", -1);
    if (want.length != have.length) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < want.length; i++) {
      if (want[i].startsWith("{")) {
        parts.put(want[i].substring(1, want[i].length() - 1), have[i]);
      } else if (!want[i].equals(have[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  private static Request request(HttpExchange exchange, Map<String, String> parts) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        parts,
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        exchange.getRemoteAddress(),
        exchange.getRequestBody());
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw == null) {
      return query;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        query.putIfAbsent(decode(name), decode(value));
      } catch (IllegalArgumentException e) {
        throw new HttpProblem(400, "the query is not well encoded: " + pair);
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
