package io.tocsin.cli.demo;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log file that is renamed to {@code .1} at 1 MB, and that one to {@code .2}. One thread. */
final class RotatingFile {

  private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);
  private static final long LARGEST = 1_000_000;

  private final Path file;
  private final long largest;
  private boolean failing;

  RotatingFile(Path file) {
    this(file, LARGEST);
  }

  RotatingFile(Path file, long largest) {
    this.file = file;
    this.largest = largest;
  }

  /** Appends a line's bytes. A full disk costs the line, not the demo. */
  void append(byte[] line) {
    try {
      if (Files.exists(file) && Files.size(file) + line.length > largest) {
        rotate();
      }
      Files.write(file, line, CREATE, APPEND);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.atWarn().addKeyValue("file", file).setCause(e).log("A demo log cannot be written");
      }
    }
  }

  private void rotate() throws IOException {
    Path first = backup(1);
    if (Files.exists(first)) {
      Files.move(first, backup(2), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(file, first, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path backup(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
