package io.tocsin.console.web;

import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.live.LiveEvent;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.live.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The feed as server-sent events (the WHATWG's HTML standard, section 9.2). A comment goes out when
 * nothing else does, so that a client that went away is noticed and proxies keep the line open.
 */
final class StreamEndpoint {

  private static final byte[] HELLO = ": tocsin\nretry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

  private final LiveFeed feed;
  private final Duration heartbeat;

  StreamEndpoint(LiveFeed feed, Duration heartbeat) {
    this.feed = feed;
    this.heartbeat = heartbeat;
  }

  Response stream(Request request) {
    if (request.method().equals("HEAD")) {
      return Response.of(200, "text/event-stream", new byte[0]);
    }
    Subscription subscription =
        feed.subscribe()
            .orElseThrow(() -> new HttpProblem(503, "too many watch the stream already"));
    return Response.stream("text/event-stream", out -> write(subscription, out))
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
  }

  private void write(Subscription subscription, OutputStream out)
      throws IOException, InterruptedException {
    try (subscription) {
      out.write(HELLO);
      out.flush();
      while (!subscription.ended()) {
        Optional<LiveEvent> event = subscription.next(heartbeat);
        if (event.isPresent()) {
          write(event.get(), out);
        } else if (!subscription.ended()) {
          out.write(HEARTBEAT);
        }
        out.flush();
      }
    }
  }

  private static void write(LiveEvent event, OutputStream out) throws IOException {
    out.write(("event: " + event.type()).getBytes(StandardCharsets.UTF_8));
    out.write(DATA);
    out.write(event.json());
    out.write(END);
  }
}
