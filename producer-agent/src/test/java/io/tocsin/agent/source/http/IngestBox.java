package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.agent.source.Origin;
import io.tocsin.agent.spool.Spool;
import io.tocsin.agent.spool.SpoolEntry;
import io.tocsin.agent.spool.SpoolOptions;
import io.tocsin.agent.spool.SpoolSink;
import io.tocsin.agent.spool.SpooledRecord;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** An HTTP source on a port of its own and a real spool. */
final class IngestBox implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  final Metrics metrics = new Metrics();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Spool spool;
  private final HttpSource source;

  IngestBox(Path dir, String more) {
    this(dir, more, 64 << 20);
  }

  IngestBox(Path dir, String more, long spoolBytes) {
    this.spool =
        Spool.open(
            SpoolOptions.in(dir, spoolBytes),
            loss -> (epoch, sequence) -> new byte[0],
            Clock.systemUTC(),
            metrics);
    this.source =
        new HttpSource(
            ConfigReader.read("test.yaml", "port: 0\n" + more, HttpConfig.class),
            new SpoolSink(
                spool, new Origin("edge", "host"), "http", SpoolSink.Mode.CONFIRMED, metrics),
            null,
            Clock.fixed(NOW, ZoneOffset.UTC),
            metrics);
    source.start();
  }

  URI uri() {
    return URI.create(source.address());
  }

  HttpResponse<String> post(String body, String... headers) throws Exception {
    return post(body.getBytes(UTF_8), headers);
  }

  HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    return send("POST", BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<String> send(String method, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri()).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri().resolve(path)).build(), BodyHandlers.ofString());
  }

  /** What the spool would send to the broker now. */
  List<LogEvent> spooled() throws Exception {
    List<LogEvent> events = new ArrayList<>();
    SpoolEntry entry = spool.reader().next(Duration.ofMillis(20));
    while (entry != null) {
      SpooledRecord record = SpooledRecord.of(entry.payload());
      if (record != null) {
        events.add(EventCodec.decodeLog(record.value()));
      }
      entry = spool.reader().next(Duration.ofMillis(20));
    }
    return events;
  }

  List<String> messages() throws Exception {
    return spooled().stream().map(LogEvent::message).toList();
  }

  @Override
  public void close() {
    source.close();
    spool.close();
  }
}
