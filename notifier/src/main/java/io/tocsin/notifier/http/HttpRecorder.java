package io.tocsin.notifier.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sends nothing and keeps what would have been sent. Its answer is the one that makes PagerDuty's
 * receiver be told of its second half; the others make only one, whatever the answer. Thread-safe.
 */
public final class HttpRecorder implements HttpSender {

  private final List<String> requests = new CopyOnWriteArrayList<>();

  @Override
  public HttpAnswer post(
      HttpEndpoint endpoint, Map<String, String> headers, byte[] body, Duration timeout) {
    StringBuilder request = new StringBuilder("POST ").append(endpoint.uri()).append('\n');
    headers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            header ->
                request
                    .append(header.getKey())
                    .append(": ")
                    .append(header.getValue())
                    .append('\n'));
    requests.add(request.append('\n').append(new String(body, StandardCharsets.UTF_8)).toString());
    return new HttpAnswer.Answered(202, "{\"status\": \"success\"}", null);
  }

  /** The requests in order, as text and with their secrets: whoever shows them masks those. */
  public List<String> requests() {
    return List.copyOf(requests);
  }
}
