package io.tocsin.agent.source.file;

import io.tocsin.agent.disk.AtomicFile;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkpoints of one source, on the disk. */
final class CheckpointFile {

  private final AtomicFile file;

  CheckpointFile(Path directory, String source) {
    this.file = new AtomicFile(directory, source + ".checkpoints");
  }

  /** What was saved last; empty when there is nothing that can be trusted. */
  List<Checkpoint> load() throws IOException {
    Optional<byte[]> content = file.read();
    List<Checkpoint> checkpoints = new ArrayList<>();
    if (content.isPresent()) {
      try {
        if (EventCodec.decodeObject(content.get()).get("files") instanceof List<?> files) {
          for (Object each : files) {
            checkpoints.add(Checkpoint.of((Map<?, ?>) each));
          }
        }
      } catch (MalformedEventException e) {
        throw new IOException("the checkpoints' checksum is right, but they are no JSON", e);
      }
    }
    return checkpoints;
  }

  void save(Collection<Checkpoint> checkpoints) throws IOException {
    file.write(
        EventCodec.encodeObject(
            Map.of("files", checkpoints.stream().map(Checkpoint::toMap).toList())));
  }
}
