package io.tocsin.faults.platform;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A service that writes its log and does not care who reads it. Every line has a number; bursts of
 * five errors must ring, those of four must not. It rotates its file by renaming.
 */
final class LogWriter implements AutoCloseable {

  static final int RINGING = 5;

  private final Path folder;
  private final int linesPerSecond;
  private final Random random;
  private final InstantSource clock;
  private final Thread thread = Thread.ofPlatform().name("log-writer").unstarted(this::run);
  private volatile boolean closing;
  private final AtomicLong lines = new AtomicLong();
  private final AtomicInteger bursts = new AtomicInteger();
  private final AtomicInteger quietBursts = new AtomicInteger();
  private int rotations;

  LogWriter(Path folder, int linesPerSecond, long seed, InstantSource clock) {
    this.folder = folder;
    this.linesPerSecond = linesPerSecond;
    this.random = new Random(seed);
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  long lines() {
    return lines.get();
  }

  int bursts() {
    return bursts.get();
  }

  int quietBursts() {
    return quietBursts.get();
  }

  int rotations() {
    return rotations;
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
  }

  private void run() {
    try {
      while (!closing) {
        int now = Math.max(1, linesPerSecond / 20);
        for (int i = 0; i < now; i++) {
          write(Level.INFO, Map.of());
        }
        if (random.nextInt(40) == 0) {
          burst("ringing-" + bursts, RINGING);
          bursts.incrementAndGet();
        }
        if (random.nextInt(40) == 0) {
          burst("quiet-" + quietBursts, RINGING - 1);
          quietBursts.incrementAndGet();
        }
        if (random.nextInt(200) == 0) {
          rotate();
        }
        Thread.sleep(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void burst(String name, int errors) throws IOException {
    for (int i = 0; i < errors; i++) {
      write(Level.ERROR, Map.of("burst", name));
    }
  }

  private void write(Level level, Map<String, @Nullable Object> meta) throws IOException {
    byte[] line =
        EventCodec.encode(
            LogEvent.of(clock.instant(), "api", level, "line", lines.toString(), meta));
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    Files.write(
        folder.resolve("api.log"), ended, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    lines.incrementAndGet();
  }

  private void rotate() throws IOException {
    Files.move(folder.resolve("api.log"), folder.resolve("api.log." + ++rotations));
  }
}
