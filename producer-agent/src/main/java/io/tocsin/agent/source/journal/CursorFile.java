package io.tocsin.agent.source.journal;

import io.tocsin.agent.disk.AtomicFile;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The last entry that the broker has acknowledged, on the disk. Not thread-safe. */
final class CursorFile {

  private final AtomicFile file;
  private String saved = "";

  CursorFile(Path directory, String source) {
    this.file = new AtomicFile(directory, source + ".cursor");
  }

  /** What was saved last; empty when there is nothing that can be trusted. */
  Optional<String> load() throws IOException {
    Optional<byte[]> content = file.read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return EventCodec.decodeObject(content.get()).get("cursor") instanceof String cursor
          ? Optional.of(cursor)
          : Optional.empty();
    } catch (MalformedEventException e) {
      throw new IOException("the cursor's checksum is right, but it is no JSON", e);
    }
  }

  void save(String cursor) throws IOException {
    if (!cursor.equals(saved)) {
      file.write(EventCodec.encodeObject(Map.of("cursor", cursor)));
      saved = cursor;
    }
  }
}
