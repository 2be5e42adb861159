package io.tocsin.faults.agent;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the agent has to carry: one log rotated by renaming, one by copying and cutting, and events
 * over HTTP; two fifths, two fifths and one fifth of the rate. Events are numbered by source.
 */
final class AgentLoad implements AutoCloseable {

  static final String RENAMED = "renamed";
  static final String CUT = "cut";
  static final String SENT = "sent";

  private static final int SLICES = 50;

  /** Often enough that it is cut more than once while the agent or its broker is away. */
  private static final long CUT_EVERY_SLICES = 8 * SLICES;

  /** How long an agent that answers may take to find the logs for the first time. */
  private static final Duration TO_KNOW = Duration.ofSeconds(2);

  private final Path folder;
  private final URI ingest;
  private final int perSlice;
  private final Random random;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Thread files = Thread.ofPlatform().name("load-files").unstarted(this::writeAll);
  private final Thread posts = Thread.ofPlatform().name("load-posts").unstarted(this::postAll);

  /** Numbers that were answered with 202. */
  private final BitSet accepted = new BitSet();

  /** When the first request was answered, by the nano clock; 0 before. */
  private volatile long answered;

  private volatile boolean closing;
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger rotations = new AtomicInteger();

  AgentLoad(Path folder, URI ingest, int rate, long seed, Clock clock) {
    this.folder = folder;
    this.ingest = ingest;
    this.perSlice = Math.max(1, rate / SLICES / 5);
    this.random = new Random(seed);
    this.clock = clock;
  }

  void start() {
    files.start();
    posts.start();
  }

  /** Lines in each of the two logs. */
  int lines() {
    return lines.get();
  }

  int rotations() {
    return rotations.get();
  }

  BitSet accepted() {
    synchronized (accepted) {
      return (BitSet) accepted.clone();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    files.join();
    posts.join();
  }

  private void writeAll() {
    Beat beat = new Beat();
    try {
      for (long slice = 1; !closing; slice++) {
        byte[] text = numbered(lines.get(), 2 * perSlice);
        append(RENAMED, text);
        append(CUT, text);
        lines.addAndGet(2 * perSlice);
        if (isKnown() && slice % CUT_EVERY_SLICES == 0) {
          copyAndCut();
        }
        if (isKnown() && random.nextInt(4 * SLICES) == 0) {
          Files.move(log(RENAMED), log(RENAMED + ".log." + rotations.incrementAndGet()));
        }
        beat.await();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is moved away before the agent ever ran is not the agent's to read. */
  private boolean isKnown() {
    long since = answered;
    return since != 0 && System.nanoTime() - since > TO_KNOW.toNanos();
  }

  private void copyAndCut() throws IOException {
    Files.copy(log(CUT), log(CUT + ".log." + rotations.incrementAndGet()));
    try (FileChannel channel = FileChannel.open(log(CUT), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private void append(String name, byte[] text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(log(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private Path log(String name) {
    return folder.resolve(name.contains(".") ? name : name + ".log");
  }

  private void postAll() {
    int number = 0;
    Beat beat = new Beat();
    try {
      while (!closing) {
        if (post(numbered(number, perSlice))) {
          answered = answered == 0 ? System.nanoTime() : answered;
          synchronized (accepted) {
            accepted.set(number, number + perSlice);
          }
        }
        // What was not answered may be there or not: it is not sent again under another id.
        number += perSlice;
        beat.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean post(byte[] body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(ingest)
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
    } catch (IOException e) {
      Thread.sleep(100);
      return false; // the agent is not there
    }
  }

  /** Keeps the rate, whatever a slice takes; a second of what was missed is made up, no more. */
  private static final class Beat {
    private static final long SLICE = 1_000_000_000L / SLICES;
    private static final long MADE_UP = 1_000_000_000L;
    private long next = System.nanoTime();

    void await() throws InterruptedException {
      long now = System.nanoTime();
      next = Math.max(next + SLICE, now - MADE_UP);
      if (next > now) {
        Thread.sleep(Duration.ofNanos(next - now));
      }
    }
  }

  /** Whole lines, each an event. */
  private byte[] numbered(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      byte[] event =
          EventCodec.encode(
              LogEvent.of(
                  clock.instant(),
                  "load",
                  Level.INFO,
                  "numbered",
                  Integer.toString(i),
                  Map.of("padding", "as long as a line of a log usually is".repeat(3))));
      text.append(new String(event, StandardCharsets.UTF_8)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
