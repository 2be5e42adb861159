package io.tocsin.bootstrap.http;

import com.sun.net.httpserver.HttpExchange;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves routes over HTTP/1.1, each request on its own virtual thread. Routes may be added while it
 * runs. A handler's {@link HttpProblem} becomes a JSON error; anything else it throws becomes a 500
 * that tells the client nothing of the inside. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  static {
    // The JDK's server leaves Nagle's algorithm on: small answers then wait 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A client that sends its request a byte a minute must not hold a connection for ever.
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "60");
    }
  }

  /** What answers a request. */
  public interface Handler {
    Response handle(Request request) throws IOException, InterruptedException;
  }

  private final com.sun.net.httpserver.HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Route> routes = new CopyOnWriteArrayList<>();

  private HttpServer(com.sun.net.httpserver.HttpServer server) {
    this.server = server;
  }

  /**
   * Listens at once; nothing is answered but 404 until routes are added.
   *
   * @param host the address to listen on; loopback unless the user said otherwise
   * @param port 0 for any free one
   * @throws UserError when the port is taken or the address is not this machine's
   */
  public static HttpServer listen(String host, int port) {
    try {
      HttpServer http =
          new HttpServer(
              com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(host, port), 128));
      http.server.createContext("/", http::serve);
      http.server.setExecutor(http.workers);
      http.server.start();
      return http;
    } catch (IOException e) {
      throw new UserError(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(),
          "stop what listens there, or choose another port");
    }
  }

  /**
   * Adds a route; the first one added that fits a request answers it.
   *
   * @param path such as <code>/alerts/{fingerprint}/ack</code>; a part in braces fits one segment
   */
  public HttpServer route(String method, String path, Handler handler) {
    routes.add(new Route(method, path, handler));
    return this;
  }

  /** Takes a route out again; a path that has none answers 404. */
  public void removeRoute(String method, String path) {
    routes.removeIf(route -> route.method().equals(method) && route.pattern().equals(path));
  }

  /** Where it listens. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  /** Stops listening; open event streams are cut. */
  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response = answer(exchange);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      long length = response.length() == 0 || head ? -1 : Math.max(response.length(), 0);
      exchange.sendResponseHeaders(response.status(), length);
      if (length >= 0) {
        response.body().writeTo(exchange.getResponseBody());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Response answer(HttpExchange exchange) throws InterruptedException {
    try {
      return Route.dispatch(routes, exchange);
    } catch (HttpProblem e) {
      return error(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("path", exchange.getRequestURI().getPath())
          .setCause(e)
          .log("request failed");
      return error(500, "the server could not answer; its log says why");
    }
  }

  private static Response error(int status, String message) {
    String escaped =
        message.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    return Response.of(
        status,
        "application/json",
        ("{\"error\":\"" + escaped + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
