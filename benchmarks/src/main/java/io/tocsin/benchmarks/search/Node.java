package io.tocsin.benchmarks.search;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** The search node, filled and asked by hand. */
record Node(URI uri, HttpClient http) {

  private static final int AT_A_TIME = 2;

  Node(URI uri) {
    this(uri, HttpClient.newHttpClient());
  }

  /** Writes all documents and makes them findable. */
  void load(Documents documents, LongConsumer progress) throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong();
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<Void>> done = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        done.add(senders.submit(() -> send(documents, next, progress)));
      }
      for (Future<Void> sender : done) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    send("/tocsin-logs-*/_refresh", new byte[0]);
  }

  private Void send(Documents documents, AtomicLong next, LongConsumer progress)
      throws IOException, InterruptedException {
    while (true) {
      long from = next.getAndAdd(Documents.aBody());
      if (from >= documents.count()) {
        return null;
      }
      String answer = send("/_bulk?filter_path=errors", documents.body(from));
      if (!answer.contains("\"errors\":false")) {
        throw new IOException("the bulk request failed: " + answer);
      }
      progress.accept(from);
    }
  }

  private String send(String path, byte[] body) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** What a GET of this address answers; also for other servers. */
  String get(URI address) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(address).build());
  }

  private String answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " answered " + response.body());
    }
    return response.body();
  }
}
