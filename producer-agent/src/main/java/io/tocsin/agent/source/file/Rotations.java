package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What log rotation made of a log, by its first lines; each file is looked into once. */
final class Rotations {

  private final Map<String, List<Sighting>> byHead = new HashMap<>();

  private Rotations() {}

  static Rotations of(Path log) throws IOException {
    Rotations rotations = new Rotations();
    for (Sighting sighting : Sighting.near(log)) {
      if (sighting.isRotationOf(log)) {
        rotations.add(sighting);
      }
    }
    return rotations;
  }

  private void add(Sighting sighting) {
    try (FileChannel channel = FileChannel.open(sighting.path(), StandardOpenOption.READ)) {
      Fingerprint.ofHead(channel)
          .ifPresent(head -> byHead.computeIfAbsent(head, h -> new ArrayList<>()).add(sighting));
    } catch (IOException e) {
      // gone meanwhile, or not ours to read: then no line of it is
    }
  }

  /** The files with this fingerprint, oldest first. */
  List<Sighting> beginningWith(String head) {
    return byHead.getOrDefault(head, List.of());
  }
}
