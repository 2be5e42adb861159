package io.tocsin.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What the tests here do to a node from outside: plain HTTP, answers as text. */
final class SearchClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;

  SearchClient(URI node) {
    this.node = node;
  }

  String get(String path) {
    return send(HttpRequest.newBuilder(node.resolve(path)).GET());
  }

  String put(String path, String json) {
    return send(
        HttpRequest.newBuilder(node.resolve(path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  String post(String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(node.resolve(path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
