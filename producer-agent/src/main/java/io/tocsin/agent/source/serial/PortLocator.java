package io.tocsin.agent.source.serial;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the device's node. A port that is named by path gives away its stable name once it is open;
 * from then on the device is found again by that, should it come back as another {@code ttyUSB}.
 */
final class PortLocator {

  static final Path BY_ID = Path.of("/dev/serial/by-id");

  private final Path named;
  private final Path byId;
  private @Nullable Path stableLink;

  PortLocator(SerialConfig config, Path byId) {
    this.byId = byId;
    Path port = config.port();
    this.named = port != null ? port : byId.resolve(String.valueOf(config.byId()));
  }

  /**
   * A node as it was seen. Another node, or the same with other rights, is another sighting.
   *
   * @param node the path without links
   */
  record Sighting(Path node, Map<String, Object> attributes) {}

  /** The device's node, when it is there. */
  Optional<Sighting> look() {
    Path link = stableLink;
    Optional<Sighting> stable = link == null ? Optional.empty() : sight(link);
    return stable.isPresent() ? stable : sight(named);
  }

  /** Whether the open node is still the device: it exists and no name has moved on to another. */
  boolean stillAt(Path node) {
    if (!Files.exists(node)) {
      return false;
    }
    return look().map(sighting -> sighting.node().equals(node)).orElse(true);
  }

  /** Remembers by what stable name, if any, an open node is known. */
  void remember(Path node) {
    stableLink = null;
    try (DirectoryStream<Path> links = Files.newDirectoryStream(byId)) {
      for (Path link : links) {
        if (sight(link).map(Sighting::node).filter(node::equals).isPresent()) {
          stableLink = link;
        }
      }
    } catch (IOException e) {
      // no udev, no stable names: the path alone has to do
    }
  }

  private static Optional<Sighting> sight(Path path) {
    try {
      Path node = path.toRealPath();
      return Optional.of(new Sighting(node, Files.readAttributes(node, "unix:dev,ino,ctime")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // a loop of links, a folder without rights: not there for us
    }
  }
}
