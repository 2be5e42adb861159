package io.tocsin.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin logs search}. */
@Command(
    name = "search",
    description = "Shows the newest events, the newest last, a line each.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin logs search --service api --min-level ERROR --since 1h",
      "  tocsin logs search timeout --limit 20 --output json"
    })
final class SearchLogs implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  enum Output {
    TEXT,
    JSON
  }

  @Parameters(paramLabel = "WORD", description = "words that must stand in it", arity = "0..*")
  private List<String> words = List.of();

  @Option(names = "--limit", defaultValue = "50", description = "how many (default: 50)")
  private int limit;

  @Option(names = "--output", defaultValue = "text", description = "text, or json: an event a line")
  private Output output = Output.TEXT;

  @Mixin private LogFilters filters = new LogFilters();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Map<String, @Nullable String> more = new LinkedHashMap<>();
    more.put("q", words.isEmpty() ? null : String.join(" ", words));
    more.put("limit", Integer.toString(limit));
    List<JsonNode> events = new ArrayList<>();
    boolean complete;
    try (InputStream body = ConsoleClient.get(filters.question("/logs/recent", more)).body()) {
      JsonNode answer = JSON.readTree(body);
      answer.path("events").forEach(events::add);
      complete = answer.path("next").isNull();
    }
    PrintWriter out = spec.commandLine().getOut();
    events.reversed().forEach(event -> out.println(line(event)));
    out.flush();
    if (!complete) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("these are the newest " + events.size() + "; tocsin logs export has all of them");
      err.flush();
    }
    return 0;
  }

  private String line(JsonNode event) {
    if (output == Output.JSON) {
      return event.toString();
    }
    return String.join(
        "  ",
        event.path("ts").asText(),
        event.path("level").asText(),
        event.path("service").asText(),
        event.path("event").asText(),
        event.path("message").asText().replaceAll("\\p{Cntrl}+", " "));
  }
}
