package io.tocsin.faults.indexer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Others who write to the same search node, so much at once that it refuses what comes on top: real
 * rejections by its indexing pressure, not a stand-in's. Their requests are small and many: a few
 * large ones are refused themselves and leave room for the indexer's.
 */
final class Storm implements AutoCloseable {

  private static final int WRITERS = 32;
  private static final int DOCUMENTS = 2_000;

  private final URI search;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean over;

  Storm(URI search) {
    this.search = search;
  }

  void start() {
    String body =
        "{\"index\":{}}\n{\"text\":\"%s\"}\n"
            .formatted("so much weather ".repeat(20))
            .repeat(DOCUMENTS);
    for (int i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofPlatform().name("storm-" + i).start(() -> blow(body)));
    }
  }

  private void blow(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(search.resolve("/storm/_bulk?filter_path=errors"))
            .header("Content-Type", "application/x-ndjson")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    while (!over) {
      try {
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 429) {
          Thread.sleep(50);
        }
      } catch (IOException e) {
        over = true; // nothing depends on the storm's own documents
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread writer : writers) {
      writer.join();
    }
    try {
      http.send(
          HttpRequest.newBuilder(search.resolve("/storm")).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException("the storm's index stays", e);
    }
  }
}
