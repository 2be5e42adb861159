package io.tocsin.agent.source.file;

import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.source.file.LineReader.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being read. It stays open, so it can be read to its end whatever becomes of its
 * name. For the source's thread alone.
 */
final class TailedFile implements AutoCloseable {

  /**
   * What is known of a file once its first line is complete.
   *
   * @param epoch its identity in ids
   * @param head the fingerprint of its first line
   */
  record Identity(String epoch, String head, Lane lane, EventWriter writer) {}

  private final FileKey key;
  private final FileChannel channel;
  private final List<TailedFile> predecessors = new ArrayList<>();

  /** Every name it had. */
  private final Set<Path> names = new HashSet<>();

  private Path path;
  private Instant modified;
  private ReadPosition position = new ReadPosition(0);
  private @Nullable Identity identity;
  private boolean away;
  private boolean drained;
  private long grewAt;
  private @Nullable Checkpoint last;

  private TailedFile(Sighting sighting, FileChannel channel, long now) {
    this.path = sighting.path();
    this.key = sighting.key();
    this.modified = sighting.modified();
    this.channel = channel;
    this.grewAt = now;
    names.add(path);
  }

  /** Opens the file that was seen; fails when its name went to another in the meantime. */
  static TailedFile open(Sighting sighting, long now) throws IOException {
    FileChannel channel = FileChannel.open(sighting.path(), StandardOpenOption.READ);
    if (Sighting.of(sighting.path()).filter(s -> s.key().equals(sighting.key())).isEmpty()) {
      channel.close();
      throw new IOException("the name went to another file while it was opened");
    }
    return new TailedFile(sighting, channel, now);
  }

  Path path() {
    return path;
  }

  FileKey key() {
    return key;
  }

  FileChannel channel() {
    return channel;
  }

  @Nullable Identity identity() {
    return identity;
  }

  /** Whether its name is gone or stands for another file. */
  boolean isAway() {
    return away;
  }

  void goesAway() {
    away = true;
    drained = false;
  }

  void isSeen(Sighting sighting) {
    path = sighting.path();
    modified = sighting.modified();
    away = false;
    names.add(path);
  }

  /** A name it had before the agent could see it. */
  void wasNamed(Path name) {
    names.add(name);
    goesAway();
  }

  boolean had(Path name) {
    return names.contains(name);
  }

  /** When it was last written to, as far as that was seen. */
  Instant modified() {
    return modified;
  }

  /** Reads these to their end before this one. */
  void follows(List<TailedFile> files) {
    predecessors.addAll(files);
  }

  /** Whether those before it were read to their end. */
  boolean isDue() {
    predecessors.removeIf(file -> file.drained);
    return predecessors.isEmpty();
  }

  /** Whether it was read to its end since its name went away. */
  boolean isDrained() {
    return drained;
  }

  /** When, on the ticker, it was last seen to grow. */
  long grewAt() {
    return grewAt;
  }

  void identify(Identity known, long offset) {
    identity = known;
    position = new ReadPosition(offset);
    last = null;
  }

  /** Forgets what was read: the file was written anew. */
  void startsAnew() {
    if (identity != null) {
      identity.lane().retire();
    }
    identity = null;
    position = new ReadPosition(0);
    last = null;
    drained = false;
  }

  /** Reads a chunk's lines. */
  Outcome read(LineReader reader, long now) throws IOException, InterruptedException {
    if (identity == null) {
      drained = true;
      return Outcome.NOTHING;
    }
    Outcome outcome = reader.read(channel, position, identity.writer());
    if (outcome == Outcome.LINES) {
      grewAt = now;
    }
    drained = outcome == Outcome.NOTHING;
    return outcome;
  }

  /** Reads a last line that has no end. */
  Outcome readRest(LineReader reader) throws IOException, InterruptedException {
    return identity == null
        ? Outcome.NOTHING
        : reader.readRest(channel, position, identity.writer());
  }

  long offset() {
    return position.offset();
  }

  /** Whether everything that was read is acknowledged. */
  boolean isSettled() {
    return identity == null || identity.lane().isIdle();
  }

  /** How far it is with the broker; null while it has no identity. */
  @Nullable Checkpoint checkpoint(Instant now) throws IOException {
    if (identity == null) {
      return null;
    }
    long acknowledged = identity.lane().acknowledged();
    if (last != null && last.isCurrent(path, acknowledged, now)) {
      return last;
    }
    Optional<String> tail = Fingerprint.ofTail(channel, acknowledged);
    if (tail.isPresent()) {
      last =
          new Checkpoint(
              identity.epoch(),
              path,
              key,
              identity.head(),
              acknowledged,
              tail.get(),
              modified,
              now);
    }
    return last; // what was known before the file was cut is worth more than nothing
  }

  @Override
  public void close() throws IOException {
    drained = true;
    if (identity != null) {
      identity.lane().close();
    }
    channel.close();
  }
}
