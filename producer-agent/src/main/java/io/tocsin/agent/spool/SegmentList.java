package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segments that are there, oldest first. Thread-safe. */
final class SegmentList {

  private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** Finds the segments in a folder. Their end is their file's until the last one was checked. */
  static SegmentList load(Path directory) throws IOException {
    SegmentList list = new SegmentList();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".tmp")) {
          clear(file);
        } else if (name.matches("\\d{20}\\" + Segment.SUFFIX)) {
          long base = Long.parseLong(name.substring(0, 20));
          list.add(new Segment(base, file, Files.size(file)));
        }
      }
    }
    return list;
  }

  /** What a kill left half written; if it stays, what is to take its place will say so. */
  private static void clear(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      // The spool opens whatever it finds.
    }
  }

  /** Adds a segment, or puts it in the place of the one with the same base. */
  void add(Segment segment) {
    Segment before = segments.put(segment.base(), segment);
    bytes.addAndGet(segment.durableBytes() - (before == null ? 0 : before.durableBytes()));
  }

  /**
   * The empty segment that begins with this sequence. After an error or a torn first record there
   * may be one already; it stays the same, for the reader may be waiting at its end.
   */
  Segment begin(long base, Path path) {
    @Nullable Segment known = segments.get(base);
    if (known == null) {
      known = new Segment(base, path, Segment.START);
      add(known);
    } else {
      resize(known, Segment.START);
    }
    return known;
  }

  void remove(Segment segment) {
    if (segments.remove(segment.base(), segment)) {
      bytes.addAndGet(-segment.durableBytes());
    }
  }

  /** Makes a segment readable up to {@code durableBytes}. */
  void resize(Segment segment, long durableBytes) {
    bytes.addAndGet(durableBytes - segment.durableBytes());
    segment.durableBytes(durableBytes);
  }

  Collection<Segment> all() {
    return segments.values();
  }

  @Nullable Segment oldest() {
    return value(segments.firstEntry());
  }

  @Nullable Segment newest() {
    return value(segments.lastEntry());
  }

  /** The segment that holds {@code sequence}, or the first after it. */
  @Nullable Segment holding(long sequence) {
    Segment floor = value(segments.floorEntry(sequence));
    return floor != null ? floor : oldest();
  }

  @Nullable Segment after(Segment segment) {
    return value(segments.higherEntry(segment.base()));
  }

  /** Of all of them together. */
  long bytes() {
    return bytes.get();
  }

  private static @Nullable Segment value(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }
}
