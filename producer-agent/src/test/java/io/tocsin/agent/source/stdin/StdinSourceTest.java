package io.tocsin.agent.source.stdin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.spool.Spool;
import io.tocsin.agent.spool.SpoolEntry;
import io.tocsin.agent.spool.SpoolOptions;
import io.tocsin.agent.spool.SpoolSink;
import io.tocsin.agent.spool.SpooledRecord;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of lines on its way into a real spool. */
class StdinSourceTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void everyLineIsSpooledAndTheLastNeedsNoEnd() throws Exception {
    // Given
    InputStream in = stream("one\n\n  \ntwo\r\nthree");

    // When
    readToItsEnd(in, Format.TEXT);

    // Then
    assertThat(spooled()).extracting(LogEvent::message).containsExactly("one", "two", "three");
    assertThat(spooled()).extracting(LogEvent::service).containsOnly("api");
  }

  @Test
  void manyLinesComeInOrderWithIdsOfTheirOwn() throws Exception {
    // Given
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();

    // When
    readToItsEnd(stream(String.join("\n", lines)), Format.TEXT);

    // Then
    List<LogEvent> events = spooled();
    assertThat(events).extracting(LogEvent::message).containsExactlyElementsOf(lines);
    assertThat(events.stream().map(LogEvent::id).distinct()).hasSize(lines.size());
  }

  @Test
  void aLineThatIsTooLongIsCutAndMarked() throws Exception {
    // When
    readToItsEnd(stream("x".repeat((1 << 20) + 77) + "\nnext\n"), Format.TEXT);

    // Then
    List<LogEvent> events = spooled();
    assertThat(events).hasSize(2);
    assertThat(events.getFirst().message()).hasSize(1 << 20);
    assertThat(events.getFirst().meta()).containsEntry("truncated", 77);
    assertThat(events.getLast().message()).isEqualTo("next");
  }

  @Test
  void aStreamThatIsStillOpenIsLeftAndItsLinesAreKept() throws Exception {
    // Given
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(writer)) {
      try (Spool spool = spool();
          StdinSource source = source(spool, in, Format.JSON)) {
        source.start();
        writer.write("{\"message\":\"said\",\"level\":\"error\"}\nhalf".getBytes(UTF_8));
        writer.flush();
        await().atMost(SOON).until(() -> source.status().records() == 1);
        assertThat(source.isEnded()).isFalse();

        // When
        source.close();
      }
    }

    // Then
    assertThat(spooled()).extracting(LogEvent::message).containsExactly("said");
  }

  private void readToItsEnd(InputStream in, Format format) {
    try (Spool spool = spool();
        StdinSource source = source(spool, in, format)) {
      source.start();
      await().atMost(SOON).until(source::isEnded);
    }
  }

  private static StdinSource source(Spool spool, InputStream in, Format format) {
    SpoolSink sink =
        new SpoolSink(
            spool, new Origin("edge", "host"), "stdin", SpoolSink.Mode.PATIENT, new Metrics());
    return new StdinSource(
        StdinConfig.of("api", format), in, sink, Clock.systemUTC(), new Metrics());
  }

  private Spool spool() {
    return Spool.open(
        SpoolOptions.in(dir, 64 << 20),
        loss -> (epoch, sequence) -> new byte[0],
        Clock.systemUTC(),
        new Metrics());
  }

  private List<LogEvent> spooled() throws Exception {
    List<LogEvent> events = new ArrayList<>();
    try (Spool spool = spool()) {
      SpoolEntry entry = spool.reader().next(Duration.ofMillis(20));
      while (entry != null) {
        SpooledRecord record = SpooledRecord.of(entry.payload());
        assertThat(record).isNotNull();
        events.add(EventCodec.decodeLog(record.value()));
        entry = spool.reader().next(Duration.ofMillis(20));
      }
    }
    return events;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
