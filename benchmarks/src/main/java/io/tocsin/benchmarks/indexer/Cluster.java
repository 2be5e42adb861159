package io.tocsin.benchmarks.indexer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The search node, asked by hand. */
final class Cluster {

  static final String INDEX = "tocsin-logs-2026.01.15";

  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();

  Cluster(URI uri) {
    this.uri = uri;
  }

  void deleteIndex() throws IOException, InterruptedException {
    send(request("/" + INDEX + "?ignore_unavailable=true").DELETE().build());
  }

  long count() throws IOException, InterruptedException {
    send(request("/" + INDEX + "/_refresh").POST(HttpRequest.BodyPublishers.noBody()).build());
    String answer = send(request("/" + INDEX + "/_count").build());
    return Long.parseLong(answer.replaceAll(".*\"count\":(\\d+).*", "$1"));
  }

  void bulk(byte[] body, int length) throws IOException, InterruptedException {
    String answer =
        send(
            request("/_bulk?filter_path=errors")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body, 0, length))
                .build());
    if (!answer.contains("\"errors\":false")) {
      throw new IOException("the bulk request failed: " + answer);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri.resolve(path));
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " answered " + response.body());
    }
    return response.body();
  }
}
