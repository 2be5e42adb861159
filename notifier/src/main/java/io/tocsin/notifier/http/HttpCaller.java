package io.tocsin.notifier.http;

import io.tocsin.notifier.http.HttpAnswer.Answered;
import io.tocsin.notifier.http.HttpAnswer.Failed;
import io.tocsin.notifier.pipeline.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to receivers. Redirects are not followed: an alert belongs to the host it was configured
 * for. A POST is never repeated here; whoever calls decides. Thread-safe.
 */
public final class HttpCaller implements HttpSender, AutoCloseable {

  private static final int LONGEST_BODY = 8 << 10;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Clock clock;

  /** A caller with connections of its own. */
  public HttpCaller(Clock clock) {
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(workers)
            .build();
  }

  @Override
  public HttpAnswer post(
      HttpEndpoint endpoint, Map<String, String> headers, byte[] body, Duration timeout)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.uri())
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return within(timeout, () -> exchange(request.build()));
  }

  /**
   * The client's own timeout ends with the headers; a body that trickles would hold the lane. What
   * goes wrong is told by its kind alone: the client's messages may quote the address.
   */
  private HttpAnswer within(Duration timeout, Callable<HttpAnswer> call)
      throws InterruptedException {
    Future<HttpAnswer> future = workers.submit(call);
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Failed(Reason.TIMEOUT);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case HttpConnectTimeoutException unreached -> new Failed(Reason.CONNECTION);
        case HttpTimeoutException timedOut -> new Failed(Reason.TIMEOUT);
        case IOException broken -> new Failed(Reason.CONNECTION);
        case null -> throw new IllegalStateException("a failure without a cause");
        case Throwable unexpected ->
            throw new IllegalStateException(unexpected.getClass().getName());
      };
    } finally {
      future.cancel(true);
    }
  }

  private HttpAnswer exchange(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return new Answered(
          response.statusCode(),
          new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8),
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(value -> RetryAfter.parse(value, clock.instant()))
              .orElse(null));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    workers.shutdownNow();
  }
}
