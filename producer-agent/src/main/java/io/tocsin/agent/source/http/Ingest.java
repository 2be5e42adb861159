package io.tocsin.agent.source.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.agent.source.BatchSink;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.event.LogEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Answers those who send events. Thread-safe; memory is bounded by the bodies under way. */
final class Ingest {

  /** Bodies under way together hold at most so many times the largest. */
  private static final int BODIES = 8;

  /** What is read of a body that is too large, so that its sender gets to see the answer. */
  private static final long DRAINED = 16L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String RETRY_AFTER = "Retry-After";

  private final int maxBody;
  private final BatchSink sink;
  private final InstantSource clock;
  private final KeyRing keys;
  private final CrossOrigin origins;
  private final List<RateLimit> limits;
  private final Semaphore room;
  private final LongAdder taken = new LongAdder();
  private final Counter requests;
  private final String source;
  private volatile boolean closing;

  Ingest(
      HttpConfig config,
      BatchSink sink,
      InstantSource clock,
      LongSupplier nanoTime,
      Metrics metrics) {
    this.source = config.name();
    this.maxBody = Math.toIntExact(config.maxBody().bytes());
    this.sink = sink;
    this.clock = clock;
    this.keys = new KeyRing(config.allKeys());
    this.origins = new CrossOrigin(config.origins());
    this.limits =
        Stream.generate(() -> new RateLimit(config.maxRate(), nanoTime))
            .limit(keys.holders())
            .toList();
    this.room = new Semaphore(BODIES * maxBody, true);
    this.requests =
        metrics.counter(
            "tocsin_agent_http_requests", "requests to send events", "source", "status");
  }

  /** How many events were taken. */
  long taken() {
    return taken.sum();
  }

  Response preflight(Request request, Dialect dialect) {
    try {
      return origins.preflight(request);
    } catch (HttpProblem e) {
      return dialect.refused(request, e.status(), String.valueOf(e.getMessage()));
    }
  }

  Response post(Request request, Dialect dialect) throws InterruptedException {
    Response response;
    try {
      response = answer(request, dialect);
    } catch (BadEventException e) {
      response = dialect.bad(request, e);
    } catch (HttpProblem e) {
      response = dialect.refused(request, e.status(), String.valueOf(e.getMessage()));
      response = e.status() == 401 ? response.with("WWW-Authenticate", "Bearer") : response;
    } catch (ZipException e) {
      response = dialect.refused(request, 400, "the body is no gzip");
    } catch (IOException e) {
      response = dialect.refused(request, 400, "the body broke off");
    }
    requests.labelValues(source, Integer.toString(response.status())).inc();
    return origins.marked(request, response);
  }

  /** Refuses whatever comes, and waits a little for what is under way. */
  void close() throws InterruptedException {
    closing = true;
    if (room.tryAcquire(BODIES * maxBody, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      room.release(BODIES * maxBody);
    }
  }

  private Response answer(Request request, Dialect dialect)
      throws IOException, InterruptedException {
    origins.require(request);
    RateLimit limit = limits.get(keys.holder(request));
    boolean packed = isPacked(request, dialect);
    int size = size(request, packed);
    Duration wait = limit.takeOne();
    if (!wait.isZero()) {
      return dialect
          .refused(request, 429, "too many events; the source takes so many a second")
          .with(RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
    }
    if (!room.tryAcquire(size, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      return unavailable(request, dialect, "too much is being sent at this moment");
    }
    try {
      return closing
          ? unavailable(request, dialect, "the agent is stopping")
          : take(request, dialect, packed, limit);
    } finally {
      room.release(size);
    }
  }

  private Response take(Request request, Dialect dialect, boolean packed, RateLimit limit)
      throws IOException, InterruptedException {
    Dialect.Reading reading = dialect.read(request, body(request, packed), clock.instant());
    List<LogEvent> events = reading.events();
    limit.draw(events.size() - 1);
    try {
      if (!events.isEmpty() && !sink.acceptAll(events, PATIENCE)) {
        return unavailable(request, dialect, "the spool takes nothing at this moment");
      }
    } catch (IllegalStateException e) {
      // Its spool was closed in the meantime.
      return unavailable(request, dialect, "the agent is stopping");
    }
    taken.add(events.size());
    return reading.taken();
  }

  private byte[] body(Request request, boolean packed) throws IOException {
    try {
      return packed ? unpacked(request) : request.body(maxBody);
    } catch (HttpProblem e) {
      drain(request);
      throw e;
    }
  }

  /** A small body may hold a large one: no more of it is unpacked than may be taken. */
  private byte[] unpacked(Request request) throws IOException {
    byte[] bytes = new GZIPInputStream(request.stream()).readNBytes(maxBody + 1);
    if (bytes.length > maxBody) {
      throw new HttpProblem(413, "the body is larger than " + maxBody + " bytes when unpacked");
    }
    return bytes;
  }

  /** What the body may take; who does not say its size may need the most. */
  private int size(Request request, boolean packed) throws IOException {
    String length = request.headers().get("content-length");
    if (length == null) {
      return maxBody;
    }
    // The server itself has refused what is no number.
    long bytes = Long.parseLong(length);
    if (bytes > maxBody) {
      drain(request);
      throw new HttpProblem(413, "the body is larger than " + maxBody + " bytes; send it in parts");
    }
    return packed ? maxBody : (int) Math.max(1, bytes);
  }

  private static void drain(Request request) throws IOException {
    byte[] piece = new byte[16 << 10];
    long left = DRAINED;
    int read = 0;
    while (read >= 0 && left > 0) {
      read = request.stream().read(piece);
      left -= read;
    }
  }

  private static boolean isPacked(Request request, Dialect dialect) {
    String encoding = request.headers().getOrDefault("content-encoding", "identity");
    if (encoding.equalsIgnoreCase("gzip") && dialect.takesGzip()) {
      return true;
    }
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new HttpProblem(
          415, "the body must not be compressed" + (dialect.takesGzip() ? " but by gzip" : ""));
    }
    return false;
  }

  private static Response unavailable(Request request, Dialect dialect, String why) {
    return dialect.refused(request, 503, why + "; send it again").with(RETRY_AFTER, "2");
  }
}
