package io.tocsin.agent.spool;

import io.tocsin.agent.disk.AtomicFile;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in a spool's folder. Only reads, and takes no lock, so it may be made while an agent
 * uses the spool: it is then a little behind. One segment at a time is in memory.
 *
 * @param directory of the spool
 * @param epoch the life of the spool that new records belong to; empty when it has none yet
 * @param acknowledged every record below it was with the broker when the cursor was last saved
 * @param cleanlyClosed whether no agent has written to it since a stop in order
 * @param segments oldest first
 * @param quarantined copies of files that were found damaged
 */
public record SpoolInspection(
    Path directory,
    String epoch,
    long acknowledged,
    boolean cleanlyClosed,
    List<SegmentState> segments,
    List<Path> quarantined) {

  private static final String SEGMENT = "\\d{20}\\" + Segment.SUFFIX;

  /**
   * One file of the spool.
   *
   * @param file its name
   * @param bytes its size
   * @param first the sequence of its first intact record; -1 for none
   * @param last that of its last one; -1 for none
   * @param records intact ones
   * @param unacknowledged those of them that are not with the broker yet
   * @param damagedPlaces how many places were skipped to get from one intact record to the next
   * @param tornBytes behind the last intact record: a torn tail, or, in the newest file of a
   *     running agent, what is being written
   */
  public record SegmentState(
      String file,
      long bytes,
      long first,
      long last,
      long records,
      long unacknowledged,
      int damagedPlaces,
      long tornBytes) {}

  /**
   * Looks into a spool.
   *
   * @throws UserError when there is none, or it cannot be read
   */
  public static SpoolInspection of(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "there is no spool in " + directory,
          "name the folder of agent.data, or the agent's file");
    }
    try {
      return read(directory);
    } catch (IOException e) {
      throw new UserError(
          "the spool in " + directory + " cannot be read: " + e,
          "run this as the user the agent runs as");
    }
  }

  /** Records that are not with the broker yet. */
  public long unacknowledged() {
    return segments.stream().mapToLong(SegmentState::unacknowledged).sum();
  }

  /** Of all segments. */
  public long bytes() {
    return segments.stream().mapToLong(SegmentState::bytes).sum();
  }

  private static SpoolInspection read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.sorted().toList();
    }
    // The cursor first: what is acknowledged meanwhile may be deleted, and must not seem missing.
    Cursor cursor =
        new AtomicFile(directory, "cursor").read().map(Cursor::decode).orElse(Cursor.START);
    List<SegmentState> segments = new ArrayList<>();
    for (Path file : files) {
      if (file.getFileName().toString().matches(SEGMENT)) {
        addState(file, cursor.acknowledged(), segments);
      }
    }
    long end = segments.isEmpty() ? cursor.given() : segments.getLast().last() + 1;
    return new SpoolInspection(
        directory,
        new AtomicFile(directory, "epoch")
            .read()
            .map(text -> new String(text, StandardCharsets.US_ASCII))
            .orElse(""),
        cursor.acknowledged(),
        cursor.given() == Math.max(end, cursor.acknowledged()),
        segments,
        files.stream().filter(Quarantine::isKept).toList());
  }

  private static void addState(Path file, long acknowledged, List<SegmentState> to)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = Segment.read(channel, Math.min(Segment.START, size), size);
      to.add(state(file, size, bytes, acknowledged));
    } catch (NoSuchFileException e) {
      // Acknowledged and deleted since the folder was listed.
    }
  }

  private static SegmentState state(Path file, long size, ByteBuffer bytes, long acknowledged) {
    String name = file.getFileName().toString();
    long base = Long.parseLong(name.substring(0, name.indexOf('.')));
    SegmentScan scan = new SegmentScan(bytes, base - 1, Long.MAX_VALUE);
    long first = -1;
    long records = 0;
    long waiting = 0;
    int damaged = 0;
    int end = 0;
    while (!scan.atEnd()) {
      if (!scan.atFrame()) {
        if (!scan.resync()) {
          break; // what is left is the tail
        }
        damaged++;
      }
      scan.step();
      end = scan.position();
      first = records == 0 ? scan.lastSequence() : first;
      waiting += scan.lastSequence() >= acknowledged ? 1 : 0;
      records++;
    }
    long last = records == 0 ? -1 : scan.lastSequence();
    return new SegmentState(
        name, size, first, last, records, waiting, damaged, bytes.limit() - (long) end);
  }
}
