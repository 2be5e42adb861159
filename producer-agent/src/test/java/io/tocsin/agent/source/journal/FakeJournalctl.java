package io.tocsin.agent.source.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A program that takes what journalctl takes: shows a file of entries, from behind the cursor that
 * it is given, and waits for more.
 */
final class FakeJournalctl {

  private static final String SCRIPT =
      """
      #!/bin/sh
      echo "$@" >> %1$s/calls
      for each in "$@"; do
        case $each in
          --after-cursor=*) cursor=${each#--after-cursor=} ;;
          --lines=1) exec tail -n 1 %1$s/entries ;;
        esac
      done
      if [ -e %1$s/broken ]; then echo 'Failed to open journal: No luck' >&2; exit 3; fi
      from=1
      if [ -n "$cursor" ]; then
        from=$(( $(grep -nF "\\"__CURSOR\\":\\"$cursor\\"" %1$s/entries | cut -d: -f1) + 1 ))
      fi
      echo $$ > %1$s/pid
      exec tail -n +$from -f %1$s/entries
      """;

  private final Path dir;

  FakeJournalctl(Path dir) throws IOException {
    this.dir = dir;
    Files.createFile(dir.resolve("entries"));
    Files.createFile(dir.resolve("calls"));
    Files.writeString(program(), SCRIPT.formatted(dir));
    Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path program() {
    return dir.resolve("journalctl");
  }

  /** More entries, whole lines of JSON. */
  void write(List<String> entries) throws IOException {
    Files.writeString(
        dir.resolve("entries"), String.join("\n", entries) + "\n", StandardOpenOption.APPEND);
  }

  /** How it was called, a line each. */
  List<String> calls() throws IOException {
    return Files.readAllLines(dir.resolve("calls"));
  }

  /** Kills the one that runs. */
  void kill() throws IOException {
    long pid = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** Whether it fails when it is started. */
  void broken(boolean is) throws IOException {
    if (is) {
      Files.createFile(dir.resolve("broken"));
    } else {
      Files.delete(dir.resolve("broken"));
    }
  }
}
