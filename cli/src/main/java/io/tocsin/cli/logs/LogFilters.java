package io.tocsin.cli.logs;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events, as the console's API takes it; the console says what is wrong with a value. */
final class LogFilters {

  @Option(
      names = "--console",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "where the console answers (default: ${DEFAULT-VALUE})")
  private URI console = URI.create("http://127.0.0.1:8080");

  @Option(names = "--service", description = "of this service")
  private @Nullable String service;

  @Option(names = "--level", description = "of this level")
  private @Nullable String level;

  @Option(names = "--min-level", description = "of this level or a worse one")
  private @Nullable String minLevel;

  @Option(names = "--event", description = "with this key")
  private @Nullable String event;

  @Option(names = "--host", description = "read on this host")
  private @Nullable String host;

  @Option(names = "--device", description = "of this device")
  private @Nullable String device;

  @Option(names = "--trace-id", description = "of this trace")
  private @Nullable String traceId;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "how long ago, such as 2h, or an RFC 3339 time (default: 15m)")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "older than that")
  private @Nullable String until;

  /** The address of a question. */
  URI question(String path, Map<String, @Nullable String> more) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>(more);
    parameters.put("service", service);
    parameters.put("level", level);
    parameters.put("min-level", minLevel);
    parameters.put("event", event);
    parameters.put("host", host);
    parameters.put("device", device);
    parameters.put("trace-id", traceId);
    parameters.put("since", since);
    parameters.put("until", until);
    String query =
        parameters.entrySet().stream()
            .filter(parameter -> parameter.getValue() != null)
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return console.resolve(path + (query.isEmpty() ? "" : "?" + query));
  }

  private static String encoded(@Nullable String value) {
    return URLEncoder.encode(value == null ? "" : value, StandardCharsets.UTF_8);
  }
}
