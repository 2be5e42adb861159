package io.tocsin.indexer.cluster;

import io.tocsin.bootstrap.config.OpenSearchSettings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ResponseException;

/**
 * An OpenSearch cluster as something that answers requests with bytes, or does not. Opening it does
 * no input or output, so a cluster that is away is no failure here. Thread-safe.
 */
public final class Cluster implements AutoCloseable {

  private final OpenSearchSettings settings;
  private final Duration timeout;
  private OpenSearchTransport transport;
  private boolean closed;

  /**
   * The cluster behind these settings.
   *
   * @param timeout how long to wait for an answer
   */
  public Cluster(OpenSearchSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
    this.transport = Transports.open(settings, timeout);
  }

  /**
   * Sends a request and waits for what comes of it; never throws for the cluster's sake.
   *
   * @throws InterruptedException when the thread is interrupted; the request may still be carried
   *     out
   */
  public Reply send(Call call) throws InterruptedException {
    OpenSearchTransport current = current();
    CompletableFuture<Response> answer;
    try {
      answer = new OpenSearchGenericClient(current).executeAsync(new Message(call));
    } catch (RuntimeException e) { // a client whose event loop died throws what it likes
      return failed(current, e);
    }
    try {
      // The client has its own timeouts; this one holds even if it forgets to answer.
      try (Response response = answer.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        byte[] body = response.getBody().map(Body::bodyAsBytes).orElse(new byte[0]);
        return new Reply.Answered(response.getStatus(), body);
      }
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply.Unanswered("timeout", "no answer within " + timeout.multipliedBy(2));
    } catch (ExecutionException e) {
      return failed(current, e.getCause() == null ? e : e.getCause());
    } catch (CancellationException | IOException e) {
      return failed(current, e);
    }
  }

  /** The client throws for some statuses (401, 403, 502 to 504); here they are answers too. */
  private Reply failed(OpenSearchTransport broken, Throwable failure) {
    boolean timeout = false;
    boolean refused = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ResponseException answered) {
        return new Reply.Answered(answered.status(), body(answered));
      }
      if (t instanceof IOReactorShutdownException || t instanceof CancellationException) {
        // The client's event loop died (out of memory, say) and does not come back by itself.
        reopen(broken);
      }
      timeout |= t instanceof SocketTimeoutException;
      refused |=
          t instanceof java.net.ConnectException || t instanceof java.net.UnknownHostException;
    }
    String reason = refused ? "unreachable" : timeout ? "timeout" : "connection_lost";
    return new Reply.Unanswered(reason, failure.toString());
  }

  private static byte[] body(ResponseException answered) {
    return answered.getMessage() == null
        ? new byte[0]
        : answered.getMessage().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private synchronized OpenSearchTransport current() {
    return transport;
  }

  private synchronized void reopen(OpenSearchTransport broken) {
    if (!closed && transport.equals(broken)) {
      Transports.close(broken);
      transport = Transports.open(settings, timeout);
    }
  }

  /** Gives up requests under way. */
  @Override
  public synchronized void close() {
    closed = true;
    Transports.close(transport);
  }
}
