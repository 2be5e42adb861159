package io.tocsin.notifier.http;

import java.time.Duration;
import java.util.Map;

/** Posts to receivers. Thread-safe. */
public interface HttpSender {

  /**
   * Posts, and waits for the answer.
   *
   * @param timeout for all of it, the last byte of the body included
   */
  HttpAnswer post(HttpEndpoint endpoint, Map<String, String> headers, byte[] body, Duration timeout)
      throws InterruptedException;
}
