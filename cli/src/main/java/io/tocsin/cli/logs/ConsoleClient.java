package io.tocsin.cli.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the console. */
final class ConsoleClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ConsoleClient() {}

  /**
   * The answer, still to be read; the caller closes its body.
   *
   * @throws UserError when the console cannot be reached or refuses
   */
  static HttpResponse<InputStream> get(URI question) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        return answer;
      }
      try (InputStream body = answer.body()) {
        throw new UserError(
            reason(new String(body.readNBytes(10_000), StandardCharsets.UTF_8)),
            answer.statusCode() == 400
                ? "tocsin logs --help shows examples"
                : "the console answered " + answer.statusCode() + "; its log says more");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "the console at " + question.resolve("/") + " cannot be reached",
          "start it (tocsin up, or tocsin console run), or say where it is with --console");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while asking", "try again");
    }
  }

  private static String reason(String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      return error.isTextual() ? error.asText() : body.strip();
    } catch (JsonProcessingException e) {
      return body.strip();
    }
  }
}
