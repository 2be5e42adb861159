package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.event.Alert;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every request of docs/guides/search.md works as it is written there. */
@ExtendWith(Servers.Extension.class)
class SearchGuideTest {

  private static final Path GUIDE = Path.of("../docs/guides/search.md");
  private static final Instant NOW = Instant.parse("2025-12-10T10:00:00Z");
  private static final Pattern REQUEST =
      Pattern.compile(
          "```http\\n(GET|POST|DELETE) (\\S+)\\n(?:(\\S+: [^\\n]*)\\n\\n(.*?))?```",
          Pattern.DOTALL);

  @Test
  void everyRequestIsAnsweredWithSomething(Servers servers) throws IOException {
    // Given
    ChargerData.indexInto(servers);
    servers.index("tocsin-alerts-2025.12.10", ChargerData.alerts());
    Alert alert = Samples.alert("guide", Alert.Status.FIRING, NOW);
    Samples.sendAlert(servers, alert);
    List<MatchResult> requests = REQUEST.matcher(Files.readString(GUIDE)).results().toList();
    assertThat(requests).hasSizeGreaterThan(14);
    try (RunningConsole console =
        RunningConsole.on(servers, Clock.fixed(NOW, ZoneOffset.UTC), "{}")) {
      String silence = "";
      for (MatchResult request : requests) {
        String path =
            request.group(2).replace("{fingerprint}", alert.fingerprint()).replace("{id}", silence);

        // When
        HttpResponse<String> answer = ask(console, request, path);

        // Then
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 204);
        if (path.equals("/silences") && answer.statusCode() == 201) {
          silence = RunningConsole.parse(answer.body()).get("id").asText();
        }
        settle(console, request.group(1), path, alert, silence);
        if (request.group(1).equals("GET")) {
          assertThat(holdsSomething(answer)).as("%s: %s", path, answer.body()).isTrue();
        }
      }
    }
  }

  private static HttpResponse<String> ask(
      RunningConsole console, MatchResult request, String path) {
    return switch (request.group(1)) {
      case "POST" -> console.post(path, request.group(4));
      case "DELETE" -> console.delete(path);
      default -> console.get(path);
    };
  }

  /** The console hears of its own changes from Kafka. */
  private static void settle(
      RunningConsole console, String method, String path, Alert alert, String silence) {
    if (path.endsWith("/ack")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (JsonNode one : console.json("/alerts?limit=1000").get("alerts")) {
                  if (one.get("fingerprint").asText().equals(alert.fingerprint())) {
                    return one.has("acknowledgedBy") == method.equals("POST");
                  }
                }
                return false;
              });
    } else if (path.equals("/silences") && method.equals("POST")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> console.get("/silences").body().contains(silence));
    }
  }

  /** An answer of empty lists would be no example. */
  private static boolean holdsSomething(HttpResponse<String> answer) {
    if (answer.headers().firstValue("Content-Type").orElse("").contains("ndjson")) {
      return !answer.body().isBlank();
    }
    JsonNode body = RunningConsole.parse(answer.body());
    if (body.has("total")) {
      return body.get("total").asInt() > 0;
    }
    for (JsonNode part : body) {
      if (part.isArray() && !part.isEmpty()) {
        return true;
      }
    }
    return body.has("platform");
  }

  @Test
  void everyRouteIsInTheGuide() throws IOException {
    // Given
    String routes =
        Files.readString(Path.of("src/main/java/io/tocsin/console/web/ConsoleWeb.java"));
    String guide = Files.readString(GUIDE);

    // Then
    Pattern.compile("\\.(get|post|delete)\\(\"(/[^\"]*)\"")
        .matcher(routes)
        .results()
        .filter(route -> !route.group(2).matches("/|/favicon.ico|/assets/.*"))
        .forEach(
            route ->
                assertThat(guide)
                    .contains(
                        route.group(1).toUpperCase(java.util.Locale.ROOT) + " " + route.group(2)));
  }
}
