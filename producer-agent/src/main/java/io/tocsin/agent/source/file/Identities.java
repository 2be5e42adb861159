package io.tocsin.agent.source.file;

import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.pattern.GiveUps;
import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.transform.Transform;
import io.tocsin.event.SourceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives files their identities: which file one is, how far it was read, and what its lines go
 * through. For the source's thread alone.
 */
final class Identities {

  private final FileConfig config;
  private final Origin origin;
  private final Publisher publisher;
  private final Budget budget;
  private final Transform transform;
  private final InstantSource clock;
  private final Checkpoints checkpoints;
  private final FileTracker tracker;
  private final GiveUps giveUps;
  private boolean given;

  Identities(
      FileConfig config,
      Origin origin,
      Publisher publisher,
      Budget budget,
      Transform transform,
      InstantSource clock,
      Checkpoints checkpoints,
      FileTracker tracker,
      GiveUps giveUps) {
    this.config = config;
    this.origin = origin;
    this.publisher = publisher;
    this.budget = budget;
    this.transform = transform;
    this.clock = clock;
    this.checkpoints = checkpoints;
    this.tracker = tracker;
    this.giveUps = giveUps;
  }

  /** Whether any was given since this was last asked. */
  boolean takeGiven() {
    boolean taken = given;
    given = false;
    return taken;
  }

  /** Gives a file its identity and its place, once its first line is complete. */
  void give(TailedFile file, boolean fromEnd) throws IOException {
    Optional<byte[]> head = Fingerprint.head(file.channel());
    if (head.isPresent()) {
      give(file, head.get(), fromEnd);
    }
  }

  /** The same, for a file that begins with this. */
  void give(TailedFile file, byte[] first, boolean fromEnd) throws IOException {
    FileChannel channel = file.channel();
    String head = Fingerprint.of(first);
    Optional<Checkpoint> known =
        file.isAnew()
            ? Optional.empty()
            : checkpoints.matching(file.path(), file.logKey(), head, channel);
    Optional<TailedFile> original = tracker.originalOf(file);
    original.ifPresent(file::copies);
    boolean held = known.isPresent() && tracker.isReadAs(known.get().epoch(), file);
    if (held || original.isPresent()) {
      return; // it has nothing of its own until the other is cut
    }
    String epoch = known.map(Checkpoint::epoch).orElseGet(() -> newEpoch(file, head));
    long offset = known.isPresent() ? known.get().offset() : fromEnd ? lastLineStart(channel) : 0;
    byte[] before = Fingerprint.tail(channel, offset);
    if (known.isPresent() && !Fingerprint.of(before).equals(known.get().tail())) {
      return; // it was cut in between: at the next look it is another
    }
    give(
        file,
        epoch,
        head,
        offset == 0 ? ReadPosition.atStart(first) : ReadPosition.at(offset, before));
  }

  /** Takes a file for one that was read to its end, though not here. */
  void giveAsRead(TailedFile file, TailedFile.Identity was) throws IOException {
    long size = file.channel().size();
    ReadPosition end = ReadPosition.at(size, Fingerprint.tail(file.channel(), size));
    give(file, was.epoch(), was.head(), end);
  }

  private void give(TailedFile file, String epoch, String head, ReadPosition position)
      throws IOException {
    Lane lane = publisher.open(budget, position.offset());
    // The sequence is put in place for each line; the rest of the id stays the same.
    SourceId id = new SourceId(origin.agent(), config.sourceName(), epoch, 0);
    EventWriter writer =
        new EventWriter(
            new LineParser(config.lines(), giveUps::add),
            config.charset(),
            lane,
            origin,
            id,
            transform,
            clock);
    @Nullable LineJoiner joiner =
        config.multiline() == null
            ? null
            : new LineJoiner(
                config.multiline().options().rule(giveUps::add),
                config.multiline().options().maxLines(),
                Math.toIntExact(config.maxLine().bytes()),
                config.charset(),
                writer);
    file.identify(new TailedFile.Identity(epoch, head, lane, writer, joiner), position);
    checkpoints.note(file, clock.instant());
    given = true;
  }

  /**
   * Gives a file its identity, unless it was cut again while it waited for its turn: what it held
   * then stands in copies, which come first. They are looked for again afterwards, for a cut in
   * between gives it the identity of what came later.
   */
  boolean giveInTurn(TailedFile file, long now) throws IOException {
    if (waitsForMore(file, now)) {
      return false;
    }
    give(file, false);
    if (file.identity() != null && waitsForMore(file, now)) {
      file.startsAnew();
      return false;
    }
    return true;
  }

  private boolean waitsForMore(TailedFile file, long now) throws IOException {
    if (file.passed().isEmpty()) {
      return false;
    }
    List<TailedFile> copies = tracker.openCopies(file, Optional.empty(), now);
    file.follows(copies);
    return !copies.isEmpty();
  }

  /** An identity that no file had before: an inode and a first line may come again. */
  private String newEpoch(TailedFile file, String head) {
    String epoch =
        Long.toHexString(file.logKey().device())
            + '-'
            + Long.toHexString(file.logKey().inode())
            + '-'
            + head;
    return checkpoints.knowsEpoch(epoch)
        ? epoch + '-' + Long.toString(clock.millis(), Character.MAX_RADIX)
        : epoch;
  }

  private static long lastLineStart(FileChannel channel) throws IOException {
    long size = channel.size();
    for (long to = size; to > 0; to -= Fingerprint.HEAD) {
      int length = (int) Math.min(Fingerprint.HEAD, to);
      byte[] bytes = Fingerprint.read(channel, to - length, length);
      for (int i = bytes.length - 1; i >= 0; i--) {
        if (bytes[i] == '\n') {
          return to - length + i + 1;
        }
      }
    }
    return 0;
  }
}
