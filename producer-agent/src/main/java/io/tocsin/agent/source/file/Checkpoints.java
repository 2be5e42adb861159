package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every checkpoint that is known, of open files and of those that were read before. */
final class Checkpoints {

  /** A file that was gone this long is not expected back. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final int MOST = 10_000;

  private final CheckpointFile file;
  private final Map<String, Checkpoint> byEpoch = new LinkedHashMap<>();
  private List<Checkpoint> saved = List.of();

  Checkpoints(CheckpointFile file) throws IOException {
    this.file = file;
    file.load().forEach(this::put);
    saved = List.copyOf(byEpoch.values());
  }

  private void put(Checkpoint checkpoint) {
    byEpoch.put(checkpoint.epoch(), checkpoint);
  }

  /** Notes how far a file is with the broker. */
  void note(TailedFile tailed, Instant now) throws IOException {
    @Nullable Checkpoint checkpoint = tailed.checkpoint(now);
    if (checkpoint != null) {
      put(checkpoint);
    }
  }

  Collection<Checkpoint> all() {
    return byEpoch.values();
  }

  boolean knowsPath(Path path) {
    return byEpoch.values().stream().anyMatch(known -> known.path().equals(path));
  }

  boolean knowsEpoch(String epoch) {
    return byEpoch.containsKey(epoch);
  }

  /**
   * The checkpoint of a file that holds what was read before: the same file, or one of the same
   * content under the same number (on a disk that got another), the same name (written anew by an
   * editor) or the name of its copy.
   */
  Optional<Checkpoint> matching(Path path, FileKey key, String head, FileChannel channel)
      throws IOException {
    List<Checkpoint> candidates = new ArrayList<>();
    for (Checkpoint known : byEpoch.values()) {
      if (known.head().equals(head) && isNear(known, path, key) && continues(known, channel)) {
        candidates.add(known);
      }
    }
    return candidates.stream()
        .max(
            Comparator.comparing((Checkpoint known) -> known.key().equals(key))
                .thenComparingLong(Checkpoint::offset));
  }

  void save(Instant now) throws IOException {
    byEpoch.values().removeIf(known -> known.seen().plus(KEPT).isBefore(now));
    while (byEpoch.size() > MOST) {
      byEpoch.remove(byEpoch.keySet().iterator().next());
    }
    List<Checkpoint> current = List.copyOf(byEpoch.values());
    if (!current.equals(saved)) {
      file.save(current);
      saved = current;
    }
  }

  private static boolean isNear(Checkpoint known, Path path, FileKey key) {
    boolean copy = known.offset() > 0 && Sighting.isRotation(path, known.path());
    if (copy || known.key().equals(key)) {
      return true;
    }
    // A first line alone proves nothing: many files begin with the same one.
    boolean tells = known.offset() > Fingerprint.HEAD + Fingerprint.TAIL;
    return tells && (known.key().inode() == key.inode() || known.path().equals(path));
  }

  /** Whether a file holds what was read of this one. */
  static boolean isIn(Checkpoint known, FileChannel channel) throws IOException {
    return Fingerprint.ofHead(channel).filter(known.head()::equals).isPresent()
        && continues(known, channel);
  }

  private static boolean continues(Checkpoint known, FileChannel channel) throws IOException {
    return channel.size() >= known.offset()
        && Fingerprint.ofTail(channel, known.offset()).filter(known.tail()::equals).isPresent();
  }
}
