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
  record Identity(
      String epoch, String head, Lane lane, EventWriter writer, @Nullable LineJoiner joiner) {

    LineReader.Handler handler() {
      return joiner != null ? joiner : writer;
    }
  }

  private final FileKey key;
  private final FileChannel channel;
  private final List<TailedFile> predecessors = new ArrayList<>();

  /** Every name it had. */
  private final Set<Path> names = new HashSet<>();

  private Path path;

  /** The name it is read for, and which file had it then: for a copy, those of its log. */
  private Path log;

  private FileKey logKey;
  private Instant modified;
  private ReadPosition position = ReadPosition.nowhere();
  private @Nullable Identity identity;
  private boolean away;
  private boolean drained;
  private boolean anew;
  private @Nullable Instant passed;

  /** The file it is a copy of, as far as that was read. */
  private @Nullable TailedFile original;

  private long grewAt;
  private @Nullable Checkpoint last;

  private TailedFile(Sighting sighting, FileChannel channel, long now) {
    this.path = sighting.path();
    this.log = sighting.path();
    this.key = sighting.key();
    this.logKey = sighting.key();
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

  /** Which file it was when it was read under its log's name. */
  FileKey logKey() {
    return logKey;
  }

  FileChannel channel() {
    return channel;
  }

  @Nullable Identity identity() {
    return identity;
  }

  /** Whether it was read further than a copy with this first line goes. */
  boolean isReadBeyond(Optional<String> head, Sighting copy) {
    return identity != null && head.equals(Optional.of(identity.head())) && copy.size() <= offset();
  }

  boolean isReadAs(String epoch) {
    return identity != null && identity.epoch().equals(epoch);
  }

  /** Whether its name is gone or stands for another file. */
  boolean isAway() {
    return away;
  }

  /** Its name went; whoever writes to it may go on for a while. */
  void goesAway(long now) {
    away = true;
    drained = false;
    grewAt = now;
  }

  void isSeen(Sighting sighting) {
    log = log.equals(path) ? sighting.path() : log;
    path = sighting.path();
    modified = sighting.modified();
    away = false;
    names.add(path);
  }

  /** A name it had before the agent could see it. */
  void wasNamed(Path name, long now) {
    names.add(name);
    log = name;
    goesAway(now);
  }

  /** What is in it stood in this file, under the name that it is read for. */
  void wasCopiedFrom(FileKey copied) {
    logKey = copied;
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
    for (TailedFile file : List.copyOf(predecessors)) {
      if (file.drained) {
        predecessors.remove(file);
        if (passed == null || file.modified.isAfter(passed)) {
          passed = file.modified;
        }
      }
    }
    return predecessors.isEmpty();
  }

  /** When the last of those before it that were read to their end had been written to. */
  Optional<Instant> passed() {
    return Optional.ofNullable(passed);
  }

  /** Whether it was read to its end since its name went away. */
  boolean isDrained() {
    return drained;
  }

  /** When, on the ticker, it was last seen to grow or to lose its name. */
  long grewAt() {
    return grewAt;
  }

  void identify(Identity known, ReadPosition from) {
    identity = known;
    position = from;
    last = null;
  }

  /** Whether it was written anew, so that it is none of those that are known. */
  boolean isAnew() {
    return anew;
  }

  /** Whether a file without an identity holds what was read of this one, and perhaps more. */
  boolean isCopiedBy(TailedFile other) throws IOException {
    return identity != null
        && other.identity == null
        && position.isIn(other.channel)
        && Fingerprint.ofHead(other.channel).filter(identity.head()::equals).isPresent();
  }

  /** Whether a file without an identity, so far as it goes, is a copy of this one. */
  boolean isBeingCopiedBy(TailedFile other) throws IOException {
    if (identity == null || other.identity != null || !Sighting.isRotation(other.path, path)) {
      return false;
    }
    if (Fingerprint.ofHead(other.channel).filter(identity.head()::equals).isEmpty()) {
      return false;
    }
    long common = Math.min(position.offset(), other.channel.size());
    return Fingerprint.ofTail(channel, common).equals(Fingerprint.ofTail(other.channel, common))
        || !position.isIn(channel); // it was cut a moment ago: until that is noticed, it may be
  }

  /** There is nothing to be read in it while the other file is there. */
  void copies(TailedFile other) {
    original = other;
  }

  /** Whether all that is in it was read in a file that was then cut. */
  boolean isOldCopyOf(TailedFile cut) throws IOException {
    return original == cut && identity == null && channel.size() <= cut.offset();
  }

  /** Goes on where another file was cut, as that file. */
  void takeOver(TailedFile cut) {
    identity = cut.identity;
    position = cut.position;
    log = cut.log;
    logKey = cut.logKey;
    drained = false;
    last = null;
    cut.identity = null;
  }

  /** Forgets what was read: the file was written anew. */
  void startsAnew() {
    if (identity != null) {
      identity.lane().retire();
    }
    identity = null;
    position = ReadPosition.nowhere();
    last = null;
    drained = false;
    anew = true;
  }

  /** Reads a chunk's lines. */
  Outcome read(LineReader reader, long now) throws IOException, InterruptedException {
    if (identity == null) {
      drained = true;
      return Outcome.NOTHING;
    }
    Outcome outcome = reader.read(channel, position, identity.handler());
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
        : reader.readRest(channel, position, identity.handler());
  }

  /** Whether lines were read of an event that may have more. */
  boolean hasHalfAnEvent() {
    return identity != null && identity.joiner() != null && !identity.joiner().isEmpty();
  }

  /** Takes that event to be complete; false when there is no room for it. */
  boolean completeEvent() throws InterruptedException {
    return identity == null || identity.joiner() == null || identity.joiner().flush();
  }

  /** Whether there is more behind the last whole line. */
  boolean hasHalfALine() throws IOException {
    return channel.size() > position.offset();
  }

  long offset() {
    return position.offset();
  }

  /** Whether everything that was read is acknowledged. */
  boolean isSettled() {
    return identity == null || (!hasHalfAnEvent() && identity.lane().isIdle());
  }

  /** Whether everything that was sent is acknowledged. */
  boolean isUnderWayNoMore() {
    return identity == null || identity.lane().isIdle();
  }

  /** How far it is with the broker; null while it has no identity. */
  @Nullable Checkpoint checkpoint(Instant now) throws IOException {
    if (identity == null) {
      return null;
    }
    long acknowledged = identity.lane().acknowledged();
    if (last != null && last.isCurrent(log, acknowledged, now)) {
      return last;
    }
    // A file that was written anew is not to be known again by what it holds now.
    Optional<String> tail =
        position.isIn(channel) ? Fingerprint.ofTail(channel, acknowledged) : Optional.empty();
    if (tail.isPresent()) {
      last =
          new Checkpoint(
              identity.epoch(),
              log,
              logKey,
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
