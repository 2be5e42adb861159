package io.tocsin.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.bootstrap.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A spool of short texts in a folder of its own, and what a test does to it. */
final class SpoolBox implements AutoCloseable {

  static final long ROOMY = 1 << 20;
  static final int SEGMENT = 1024;

  final Metrics metrics = new Metrics();
  final List<Loss> losses = new ArrayList<>();
  final Spool spool;
  private final Path directory;

  SpoolBox(Path directory) {
    this(directory, ROOMY);
  }

  SpoolBox(Path directory, long maxBytes) {
    this.directory = directory;
    this.spool =
        Spool.open(
            new SpoolOptions(directory, maxBytes, SEGMENT, Duration.ofMillis(1)),
            this::declaration,
            Clock.systemUTC(),
            metrics);
  }

  private Spool.Encoder declaration(Loss loss) {
    synchronized (losses) {
      losses.add(loss);
    }
    return (epoch, sequence) -> ("LOST " + loss.reason()).getBytes(UTF_8);
  }

  long append(String text) throws InterruptedException {
    return append(Weight.HEAVY, text);
  }

  long append(Weight weight, String text) throws InterruptedException {
    return spool.append(weight, false, (epoch, sequence) -> text.getBytes(UTF_8));
  }

  /** Appends and waits for the disk. */
  long keep(String text) throws InterruptedException {
    long sequence = append(text);
    spool.awaitDurable(sequence);
    return sequence;
  }

  /** Everything that can be read now. */
  List<SpoolEntry> drain() throws InterruptedException {
    List<SpoolEntry> entries = new ArrayList<>();
    SpoolEntry entry = spool.reader().next(Duration.ofMillis(5));
    while (entry != null) {
      entries.add(entry);
      entry = spool.reader().next(Duration.ofMillis(5));
    }
    return entries;
  }

  List<String> drainTexts() throws InterruptedException {
    return drain().stream().map(SpoolBox::text).toList();
  }

  static String text(SpoolEntry entry) {
    return new String(entry.payload(), UTF_8);
  }

  /** The value of a metric; 0 when it was never counted. */
  double metric(String name) {
    return new String(metrics.text(), UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  /** The folder as a killed process would leave it at this moment. */
  Path crashInto(Path copy) {
    return copy(directory, copy);
  }

  static Path copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> segments(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    spool.close();
  }
}
