package io.tocsin.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of the stream, as a browser is one. */
public final class EventStream implements AutoCloseable {

  /** An event as it came. */
  public record Event(String type, JsonNode data) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private volatile boolean ended;

  public EventStream(URI uri) {
    try {
      response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  public List<Event> events() {
    return events;
  }

  public List<String> comments() {
    return comments;
  }

  public boolean ended() {
    return ended;
  }

  public Event await1(String type, Predicate<JsonNode> wanted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> events.stream().anyMatch(e -> e.type().equals(type) && wanted.test(e.data())));
    return events.stream()
        .filter(e -> e.type().equals(type) && wanted.test(e.data()))
        .findFirst()
        .orElseThrow();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String type = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          comments.add(line.substring(1).strip());
        } else if (line.startsWith("event: ")) {
          type = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          events.add(new Event(type, RunningConsole.parse(line.substring("data: ".length()))));
        }
      }
    } catch (IOException e) {
      // the stream was cut, by either side
    } finally {
      ended = true;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
