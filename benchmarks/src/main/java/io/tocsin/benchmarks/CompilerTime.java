package io.tocsin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the just-in-time compiler's threads have used, as Linux counts it. */
final class CompilerTime {

  private static final Path THREADS = Path.of("/proc/self/task");

  /** Linux tells hundredths of a second, whatever the kernel itself counts in. */
  private static final double TICKS_A_SECOND = 100;

  private CompilerTime() {}

  /** In seconds of CPU; a compiler thread that has ended is no longer counted. */
  static double seconds() throws IOException {
    List<Path> threads;
    try (Stream<Path> all = Files.list(THREADS)) {
      threads = all.toList();
    }
    long ticks = 0;
    for (Path thread : threads) {
      ticks += compilerTicks(thread);
    }
    return ticks / TICKS_A_SECOND;
  }

  private static long compilerTicks(Path thread) throws IOException {
    try {
      // 7 (C2 CompilerThre) S and numbers; user and system time are the 14th and 15th of all.
      String stat = Files.readString(thread.resolve("stat"));
      int name = stat.lastIndexOf(')');
      if (!stat.substring(0, name).contains("CompilerThre")) {
        return 0;
      }
      String[] fields = stat.substring(name + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (NoSuchFileException e) {
      return 0; // it ended meanwhile
    }
  }
}
