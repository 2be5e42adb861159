package io.tocsin.notifier.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An outside service on loopback: it checks each request by the service's documented contract, and
 * misbehaves when told to.
 */
public final class ContractServer implements AutoCloseable {

  /** A request as it came in. */
  public record Call(String path, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  /** What is answered. */
  public sealed interface Reply {

    /** An ordinary answer. */
    record Answer(int status, String body, Map<String, String> headers) implements Reply {}

    /** The connection breaks after the request. */
    record Break() implements Reply {}

    /** Nothing comes back, until the server is closed. */
    record Silence() implements Reply {}

    /** The headers come, and the body stops half-way. */
    record HalfAnswer() implements Reply {}

    static Reply of(int status, String body) {
      return new Answer(status, body, Map.of());
    }

    static Reply of(int status, String body, String header, String value) {
      return new Answer(status, body, Map.of(header, value));
    }
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Function<Call, Reply> contract;
  private final Queue<Reply> scripted = new ConcurrentLinkedQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Call> accepted = new CopyOnWriteArrayList<>();
  private volatile Reply down;

  /** Answers by {@code contract} unless told otherwise; 2xx of its own is what it has taken. */
  public ContractServer(Function<Call, Reply> contract) {
    this.contract = contract;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(workers);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The next requests are answered with these, one each, whatever they are. */
  public void next(Reply... replies) {
    scripted.addAll(List.of(replies));
  }

  /** Every request is answered with this until {@link #up}. */
  public void down(Reply reply) {
    down = reply;
  }

  public void up() {
    down = null;
  }

  /** Every request, whatever was answered. */
  public List<Call> calls() {
    return new ArrayList<>(calls);
  }

  /** What the service has taken. */
  public List<Call> accepted() {
    return new ArrayList<>(accepted);
  }

  private void serve(HttpExchange exchange) throws IOException {
    Call call =
        new Call(
            exchange.getRequestURI().getPath(),
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Reply script = scripted.poll();
    Reply reply = script != null ? script : down != null ? down : contract.apply(call);
    try (exchange) {
      switch (reply) {
        case Reply.Answer answer -> {
          if (answer.status() / 100 == 2 && reply != script) {
            accepted.add(call);
          }
          answer(exchange, answer);
        }
        case Reply.Break ignored -> exchange.getHttpContext();
        case Reply.Silence ignored -> closing.await();
        case Reply.HalfAnswer ignored -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("o".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          closing.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Reply.Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
