package io.tocsin.faults.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The wall clock of a process and of what it starts, which can be set without touching the
 * machine's: a library, compiled here and loaded before all others, adds what stands in a file.
 * Linux.
 */
final class SteppedClock {

  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final Path shift;
  private final Path library;
  private long seconds;

  private SteppedClock(Path shift, Path library) {
    this.shift = shift;
    this.library = library;
  }

  /**
   * Compiles the library and tries it.
   *
   * @throws IOException when there is no C compiler, or the library does not do what it should
   */
  static SteppedClock make(Path folder, Clock real) throws IOException, InterruptedException {
    Path source = folder.resolve("clock.c");
    try (InputStream in = SteppedClock.class.getResourceAsStream("clock.c")) {
      Files.copy(Objects.requireNonNull(in, "clock.c"), source);
    }
    SteppedClock clock = new SteppedClock(folder.resolve("shift"), folder.resolve("clock.so"));
    var _ =
        ToolProcess.run(
            Map.of(),
            List.of(
                "cc",
                "-shared",
                "-fPIC",
                "-O1",
                "-o",
                clock.library.toString(),
                source.toString(),
                "-ldl"));
    clock.set(Duration.ofHours(5));
    long said = Long.parseLong(ToolProcess.run(clock.environment(), List.of("date", "+%s")));
    Duration off = Duration.ofSeconds(said - real.instant().getEpochSecond() - clock.seconds);
    clock.set(Duration.ZERO);
    if (off.abs().compareTo(TOLERANCE) > 0) {
      throw new IOException("a process does not see the clock that was set for it");
    }
    return clock;
  }

  /** What a process must be started with. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "TOCSIN_CLOCK_SHIFT", shift.toString());
  }

  /** Sets it an hour ahead or back, or right again. */
  void step(boolean ahead) throws IOException {
    set(seconds != 0 ? Duration.ZERO : Duration.ofHours(ahead ? 1 : -1));
  }

  private void set(Duration by) throws IOException {
    seconds = by.toSeconds();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel =
        FileChannel.open(shift, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes.putLong(seconds).flip(), 0);
    }
  }
}
