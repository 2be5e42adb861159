package io.tocsin.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** A console on its own port, asked over real HTTP. */
public final class RunningConsole implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server = HttpServer.listen("127.0.0.1", 0);
  private final Metrics metrics = new Metrics();
  private final ConsoleService service;

  public RunningConsole(
      String config,
      KafkaSettings kafka,
      OpenSearchSettings openSearch,
      Clock clock,
      Supplier<? extends Collection<? extends Service>> platform) {
    service =
        new ConsoleService(
            ConfigReader.read("test", config, ConsoleConfig.class),
            kafka,
            openSearch,
            server,
            metrics,
            clock,
            platform);
    service.start();
  }

  /** One that has read all there was. */
  public static RunningConsole on(Servers servers) {
    return on(servers, Clock.systemUTC(), "{}");
  }

  public static RunningConsole on(Servers servers, Clock clock, String config) {
    RunningConsole console =
        new RunningConsole(config, servers.kafka(), servers.openSearch(), clock, List::of);
    await().atMost(Duration.ofSeconds(60)).until(() -> console.service.readiness().ready());
    return console;
  }

  public ConsoleService service() {
    return service;
  }

  public URI uri(String path) {
    return URI.create(server.uri() + path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends JSON, as a program does. */
  public HttpResponse<String> post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  public HttpResponse<String> delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public JsonNode json(String path) {
    return parse(get(path).body());
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  /** What one metric says now; 0 when it says nothing yet. */
  public double metric(String nameAndLabels) {
    return new String(metrics.text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(nameAndLabels + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    service.close();
    server.close();
  }
}
