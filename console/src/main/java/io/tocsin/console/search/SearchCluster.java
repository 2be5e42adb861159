package io.tocsin.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ContentTooLongException;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends searches; what comes back is an answer or a plain reason why there is none. */
final class SearchCluster implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SearchCluster.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LOGGED = 1_000;

  private static final Map<String, String> LENIENT =
      Map.of("ignore_unavailable", "true", "allow_no_indices", "true");

  private final OpenSearchSettings settings;
  private final Duration timeout;
  private OpenSearchTransport transport;
  private boolean closed;

  SearchCluster(OpenSearchSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
    this.transport = SearchTransport.open(settings, timeout);
  }

  /**
   * Searches.
   *
   * @param index a name or a pattern; empty when the body says where
   */
  byte[] search(String index, byte[] body) throws SearchUnavailableException, InterruptedException {
    String path = index.isEmpty() ? "/_search" : "/" + index + "/_search";
    return send("POST", path, index.isEmpty() ? Map.of() : LENIENT, body);
  }

  byte[] search(String index, ObjectNode body)
      throws SearchUnavailableException, InterruptedException {
    return search(index, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Holds an index as it is now; the answer names that moment. */
  byte[] hold(String index, String keepAlive)
      throws SearchUnavailableException, InterruptedException {
    Map<String, String> parameters = new HashMap<>(LENIENT);
    parameters.put("keep_alive", keepAlive);
    return send("POST", "/" + index + "/_search/point_in_time", parameters, new byte[0]);
  }

  /** Asks for something to be removed that would go by itself in time. */
  void forget(String path, ObjectNode body) {
    try {
      send("DELETE", path, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
    } catch (SearchUnavailableException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("left for OpenSearch to clear away");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] send(String method, String path, Map<String, String> parameters, byte[] body)
      throws SearchUnavailableException, InterruptedException {
    OpenSearchTransport current = current();
    CompletableFuture<Response> answer =
        new OpenSearchGenericClient(current)
            .executeAsync(
                Requests.create(
                    method,
                    path,
                    List.of(),
                    parameters,
                    body.length == 0 ? null : Body.from(body, "application/json")));
    try {
      // The client has its own timeouts; this one holds even if it forgets to answer.
      try (Response response = answer.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        byte[] bytes = response.getBody().map(Body::bodyAsBytes).orElse(new byte[0]);
        return accepted(response.getStatus(), bytes);
      }
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new SearchUnavailableException(where() + " does not answer in time");
    } catch (ExecutionException e) {
      throw failed(current, e.getCause() == null ? e : e.getCause());
    } catch (CancellationException | IOException e) {
      throw failed(current, e);
    }
  }

  private byte[] accepted(int status, byte[] body) throws SearchUnavailableException {
    if (status == 200) {
      return body;
    }
    String reason = reason(body);
    LOG.atWarn().addKeyValue("status", status).addKeyValue("reason", reason).log("search refused");
    throw new SearchUnavailableException(where() + " refused the search: " + status + " " + reason);
  }

  private static String reason(byte[] body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      JsonNode root = error.path("root_cause").path(0).path("reason");
      return root.isTextual() ? root.asText() : error.path("reason").asText("");
    } catch (JsonProcessingException e) {
      return "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading memory", e);
    }
  }

  private SearchUnavailableException failed(OpenSearchTransport broken, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ContentTooLongException) {
        return new AnswerTooLargeException(
            where() + " answered with more than 32 MB; ask for fewer");
      }
      if (t instanceof ResponseException answered) {
        LOG.atWarn()
            .addKeyValue("status", answered.status())
            .addKeyValue("answer", clip(String.valueOf(answered.getMessage())))
            .log("search not answered");
        return new SearchUnavailableException(where() + " answered " + answered.status());
      }
      if (t instanceof org.apache.hc.core5.reactor.IOReactorShutdownException) {
        // The client's event loop died (out of memory, say) and does not come back by itself.
        reopen(broken);
      }
    }
    LOG.atWarn().addKeyValue("failure", failure.toString()).log("search not answered");
    return new SearchUnavailableException(where() + " cannot be reached");
  }

  private static String clip(String text) {
    return text.length() <= LOGGED ? text : text.substring(0, LOGGED) + "…";
  }

  private String where() {
    return "OpenSearch at "
        + settings.urls().stream()
            .map(url -> url.getScheme() + "://" + url.getHost() + ":" + url.getPort())
            .collect(Collectors.joining(", "));
  }

  private synchronized OpenSearchTransport current() {
    return transport;
  }

  @SuppressWarnings("ReferenceEquality") // this very one, not one like it
  private synchronized void reopen(OpenSearchTransport broken) {
    if (!closed && transport == broken) {
      SearchTransport.close(broken);
      transport = SearchTransport.open(settings, timeout);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      SearchTransport.close(transport);
    }
  }
}
