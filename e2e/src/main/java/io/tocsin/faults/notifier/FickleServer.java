package io.tocsin.faults.notifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Outside services on loopback that fail now and then: they ask for patience, break down, or hang
 * up, each before they have taken anything, so that whatever is doubled was not their doing. Those
 * that know a repetition by its key also hang up afterwards.
 */
final class FickleServer implements AutoCloseable {

  /** What a service answers. */
  record Answer(int status, String body) {}

  /** A service that takes requests. */
  @FunctionalInterface
  interface Taker {
    Answer take(String path, String body) throws IOException;
  }

  private enum Mood {
    WORKS,
    ASKS_FOR_PATIENCE,
    BREAKS_DOWN,
    HANGS_UP_BEFORE,
    HANGS_UP_AFTER
  }

  /** One call in so many goes wrong. */
  private static final int TROUBLE = 60;

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random;
  private final Map<Mood, Integer> moods = new TreeMap<>();

  FickleServer(long seed) throws IOException {
    random = new Random(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(workers);
    server.start();
  }

  /**
   * Adds a service.
   *
   * @param knowsRepetitions whether it may hang up after it has taken a request
   */
  String add(String path, boolean knowsRepetitions, Taker taker) {
    server.createContext(path, exchange -> serve(exchange, knowsRepetitions, taker));
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How many calls there were, whatever came of them. */
  synchronized int calls() {
    return moods.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often what went wrong, and how often nothing did. */
  synchronized String troubles() {
    return moods.toString();
  }

  private void serve(HttpExchange exchange, boolean knowsRepetitions, Taker taker)
      throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (mood(knowsRepetitions)) {
        case WORKS -> answer(exchange, take(exchange, taker, body));
        case ASKS_FOR_PATIENCE -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          answer(exchange, new Answer(429, "{\"ok\":false,\"error\":\"ratelimited\"}"));
        }
        case BREAKS_DOWN -> answer(exchange, new Answer(503, ""));
        case HANGS_UP_BEFORE -> {
          // Closing the exchange without an answer is what hangs up.
        }
        case HANGS_UP_AFTER -> take(exchange, taker, body);
      }
    }
  }

  private synchronized Mood mood(boolean knowsRepetitions) {
    Mood mood = Mood.WORKS;
    if (random.nextInt(TROUBLE) == 0) {
      Mood[] all = Mood.values();
      mood = all[1 + random.nextInt(knowsRepetitions ? 4 : 3)];
    }
    moods.merge(mood, 1, Integer::sum);
    return mood;
  }

  private static Answer take(HttpExchange exchange, Taker taker, String body) throws IOException {
    return taker.take(exchange.getRequestURI().getPath(), body);
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
