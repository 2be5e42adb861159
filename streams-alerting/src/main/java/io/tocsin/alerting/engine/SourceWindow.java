package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest sequences of one source that a rule has seen, and the floor below which all count as
 * seen.
 *
 * <p>The store holds them in pages, in the order they came. The page that is being filled is put
 * again with every record, of which the store makes one write a commit; an entry for each sequence
 * would be two writes a record for good, its own and its removal.
 */
final class SourceWindow {

  private static final int PER_PAGE = 32;

  /** Sequences in the order they came. */
  private static final class Page {
    private final long[] held = new long[PER_PAGE];
    private int size;

    Page(byte[] saved) {
      Packer.Reader in = new Packer.Reader(saved);
      while (in.hasMore()) {
        held[size++] = in.int64();
      }
    }

    byte[] bytes() {
      ByteBuffer out = ByteBuffer.allocate(size * Long.BYTES);
      for (int i = 0; i < size; i++) {
        out.putLong(held[i]);
      }
      return out.array();
    }

    boolean isBelow(long floor) {
      return Arrays.stream(held, 0, size).allMatch(sequence -> sequence < floor);
    }
  }

  private final RuleSpace space;
  private final byte[] prefix;
  private final int keep;
  private long floor;
  private long[] sequences = new long[8];
  private int size;

  /** The pages by number, each with its sequences. */
  private final TreeMap<Long, Page> pages = new TreeMap<>();

  /**
   * A source.
   *
   * @param prefix the ids' text up to the sequence
   * @param keep how many sequences are known exactly, at least
   */
  SourceWindow(RuleSpace space, String prefix, int keep) {
    this.space = space;
    this.prefix = (prefix + '\0').getBytes(StandardCharsets.UTF_8);
    this.keep = keep;
    byte @Nullable [] saved = space.get(space.key(Tag.SOURCE, this.prefix));
    if (saved == null) {
      saveFloor();
    } else {
      floor = new Packer.Reader(saved).int64();
      space.forEach(space.key(Tag.SEQUENCE, this.prefix), (key, page) -> open(key.getLong(), page));
    }
  }

  private void open(long number, byte[] saved) {
    Page page = new Page(saved);
    for (int i = 0; i < page.size; i++) {
      int at = Arrays.binarySearch(sequences, 0, size, page.held[i]);
      if (page.held[i] >= floor && at < 0) {
        insert(-at - 1, page.held[i]);
      }
    }
    pages.put(number, page);
  }

  /** Takes in a sequence; false when it was seen before, or is too old to tell. */
  boolean add(long sequence) {
    int at = Arrays.binarySearch(sequences, 0, size, sequence);
    if (sequence < floor || at >= 0) {
      return false;
    }
    insert(-at - 1, sequence);
    write(sequence);
    // A quarter more than promised, so that the floor is written once in many records.
    if (size > keep + keep / 4) {
      raiseFloor();
    }
    return true;
  }

  /** Forgets the source. */
  void clear() {
    space.deleteAll(space.key(Tag.SEQUENCE, prefix));
    space.delete(space.key(Tag.SOURCE, prefix));
  }

  private void insert(int at, long sequence) {
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, size * 2);
    }
    System.arraycopy(sequences, at, sequences, at + 1, size - at);
    sequences[at] = sequence;
    size++;
  }

  /** Onto the last page, or a new one. */
  private void write(long sequence) {
    Map.Entry<Long, Page> last = pages.lastEntry();
    if (last == null || last.getValue().size == PER_PAGE) {
      pages.put(last == null ? 0 : last.getKey() + 1, new Page(new byte[0]));
      last = pages.lastEntry();
    }
    Page page = last.getValue();
    page.held[page.size++] = sequence;
    space.put(space.key(Tag.SEQUENCE, prefix, last.getKey()), page::bytes);
  }

  private void raiseFloor() {
    int leaving = size - keep;
    System.arraycopy(sequences, leaving, sequences, 0, keep);
    size = keep;
    floor = sequences[0];
    saveFloor();
    // The last stays, for its number is where the next ones go on.
    List<Long> old = new ArrayList<>();
    pages
        .headMap(pages.lastKey())
        .forEach(
            (number, page) -> {
              if (page.isBelow(floor)) {
                old.add(number);
              }
            });
    for (Long number : old) {
      pages.remove(number);
      space.delete(space.key(Tag.SEQUENCE, prefix, number));
    }
  }

  private void saveFloor() {
    space.put(space.key(Tag.SOURCE, prefix), new Packer().int64(floor).bytes());
  }
}
