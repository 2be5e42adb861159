package io.tocsin.faults.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small file system of its own for the agent's data, which can be full. */
final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 64 << 10;

  private final Path at;

  private SmallDisk(Path at) {
    this.at = at;
  }

  /**
   * Mounts one.
   *
   * @throws IOException when this user may not, with what the system says
   */
  static SmallDisk mount(Path at) throws IOException, InterruptedException {
    Files.createDirectories(at);
    var _ =
        ToolProcess.run(
            Map.of(),
            List.of("mount", "-t", "tmpfs", "-o", "size=32m", "tocsin-faults", at.toString()));
    return new SmallDisk(at);
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      for (int size = CHUNK; size > 0; ) {
        try {
          out.write(new byte[size]);
        } catch (IOException e) {
          size /= 2; // down to the last byte
        }
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    var _ = ToolProcess.run(Map.of(), List.of("umount", "-l", at.toString()));
  }

  private Path filler() {
    return at.resolve("filler");
  }
}
