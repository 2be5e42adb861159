package io.tocsin.benchmarks.notifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that notes when it was first called about which episode. Thread-safe. */
final class Hook implements AutoCloseable {

  private static final String KEY = "Idempotency-Key";

  private final Map<String, Long> called = new ConcurrentHashMap<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  Hook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::take);
    server.start();
  }

  /** The headers have arrived: that is the request. */
  private void take(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String key = String.valueOf(exchange.getRequestHeaders().getFirst(KEY));
      called.putIfAbsent(key.replaceAll("/[a-z]+$", ""), now);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(204, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/alert";
  }

  /** When it was called about an episode, on the clock of {@link System#nanoTime}. */
  OptionalLong calledAt(String episode) {
    Long at = called.get(episode);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  int calls() {
    return called.size();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }
}
