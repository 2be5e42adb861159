package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of damaged segments, kept for whoever wants to look; the newest four. */
final class Quarantine {

  private static final String SUFFIX = ".corrupt";
  private static final int KEPT = 4;

  private final Path directory;
  private final SpoolLog log;

  Quarantine(Path directory, SpoolLog log) {
    this.directory = directory;
    this.log = log;
  }

  /** Keeps a copy, once for each file. */
  void keep(Path segment) {
    Path copy = directory.resolve(segment.getFileName() + SUFFIX);
    try {
      if (Files.notExists(copy)) {
        Files.copy(segment, copy, StandardCopyOption.REPLACE_EXISTING);
        forgetOldest();
      }
    } catch (IOException e) {
      log.notKept(segment, e);
    }
  }

  /** Whether a file is such a copy. */
  static boolean isKept(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  private void forgetOldest() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> kept = files.filter(Quarantine::isKept).sorted().toList();
      for (int i = 0; i < kept.size() - KEPT; i++) {
        Files.delete(kept.get(i));
      }
    }
  }
}
