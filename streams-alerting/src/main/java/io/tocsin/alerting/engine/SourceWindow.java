package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest sequences of one source that a rule has seen, and the floor below which all count as
 * seen.
 *
 * <p>The store holds them in pages. The page that is being filled changes with every record, of
 * which the store makes one write a commit; an entry for each sequence would be two writes a record
 * for good, its own and its removal. A page of which nothing is known any more is filled anew, so
 * that none is ever removed.
 */
final class SourceWindow {

  private static final int PER_PAGE = 32;

  /** Some of the sequences. */
  private static final class Page {
    private final long[] held = new long[PER_PAGE];
    private final EngineStore.Held saved;
    private int size;

    Page(RuleSpace space, byte[] key) {
      saved = space.hold(key, this::bytes);
    }

    void read(byte[] bytes) {
      Packer.Reader in = new Packer.Reader(bytes);
      while (in.hasMore()) {
        held[size++] = in.int64();
      }
    }

    void add(long sequence) {
      held[size++] = sequence;
      saved.changed();
    }

    boolean isFull() {
      return size == PER_PAGE;
    }

    byte[] bytes() {
      ByteBuffer out = ByteBuffer.allocate(size * Long.BYTES);
      for (int i = 0; i < size; i++) {
        out.putLong(held[i]);
      }
      return out.array();
    }

    boolean isBelow(long floor) {
      for (int i = 0; i < size; i++) {
        if (held[i] >= floor) {
          return false;
        }
      }
      return true;
    }
  }

  private final RuleSpace space;
  private final byte[] prefix;
  private final int keep;
  private final EngineStore.Held floorSaved;
  private long floor;
  private long[] sequences = new long[8];
  private int size;

  private final List<Page> pages = new ArrayList<>();

  /** Pages of which nothing is known any more. */
  private final ArrayDeque<Page> past = new ArrayDeque<>();

  private long nextPage;

  /** The page that is being filled; null when the next sequence begins one. */
  private @Nullable Page current;

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
    byte[] floorKey = space.key(Tag.SOURCE, this.prefix);
    this.floorSaved = space.hold(floorKey, () -> new Packer().int64(floor).bytes());
    byte @Nullable [] saved = space.get(floorKey);
    if (saved == null) {
      floorSaved.changed();
    } else {
      floor = new Packer.Reader(saved).int64();
      space.forEach(space.key(Tag.SEQUENCE, this.prefix), (key, page) -> open(key.getLong(), page));
      retirePages();
    }
  }

  private void open(long number, byte[] saved) {
    Page page = page(number);
    page.read(saved);
    for (int i = 0; i < page.size; i++) {
      int at = Arrays.binarySearch(sequences, 0, size, page.held[i]);
      if (page.held[i] >= floor && at < 0) {
        insert(-at - 1, page.held[i]);
      }
    }
    if (!page.isFull()) {
      current = page;
    }
  }

  /** Takes in a sequence; false when it was seen before, or is too old to tell. */
  boolean add(long sequence) {
    int at = placeOf(sequence);
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

  /** As {@link Arrays#binarySearch(long[], long)} says; most are the newest so far. */
  private int placeOf(long sequence) {
    return size > 0 && sequence > sequences[size - 1]
        ? -size - 1
        : Arrays.binarySearch(sequences, 0, size, sequence);
  }

  private void insert(int at, long sequence) {
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, size * 2);
    }
    System.arraycopy(sequences, at, sequences, at + 1, size - at);
    sequences[at] = sequence;
    size++;
  }

  private void write(long sequence) {
    Page page = current;
    if (page == null || page.isFull()) {
      page = emptyPage();
      current = page;
    }
    page.add(sequence);
  }

  /** One of which nothing is known any more, or a new one. */
  private Page emptyPage() {
    Page page = past.poll();
    if (page == null) {
      return page(nextPage);
    }
    page.size = 0;
    pages.add(page);
    return page;
  }

  private Page page(long number) {
    Page page = new Page(space, space.key(Tag.SEQUENCE, prefix, number));
    pages.add(page);
    nextPage = Math.max(nextPage, number + 1);
    return page;
  }

  private void raiseFloor() {
    int leaving = size - keep;
    System.arraycopy(sequences, leaving, sequences, 0, keep);
    size = keep;
    floor = sequences[0];
    floorSaved.changed();
    retirePages();
  }

  private void retirePages() {
    for (Iterator<Page> each = pages.iterator(); each.hasNext(); ) {
      Page page = each.next();
      if (page != current && page.isBelow(floor)) {
        each.remove();
        past.add(page);
      }
    }
  }
}
