package io.tocsin.alerting.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest sequences of one source that a rule has seen, an entry of the store each, and the
 * floor below which all count as seen.
 */
final class SourceWindow {

  private final RuleSpace space;
  private final byte[] prefix;
  private final int keep;
  private long floor;
  private long[] sequences = new long[8];
  private int size;

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
      space.forEach(
          space.key(Tag.SEQUENCE, this.prefix), (key, value) -> insert(size, key.getLong()));
    }
  }

  /** Takes in a sequence; false when it was seen before, or is too old to tell. */
  boolean add(long sequence) {
    int at = Arrays.binarySearch(sequences, 0, size, sequence);
    if (sequence < floor || at >= 0) {
      return false;
    }
    insert(-at - 1, sequence);
    space.put(space.key(Tag.SEQUENCE, prefix, sequence), new byte[0]);
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

  private void raiseFloor() {
    int leaving = size - keep;
    for (int i = 0; i < leaving; i++) {
      space.delete(space.key(Tag.SEQUENCE, prefix, sequences[i]));
    }
    System.arraycopy(sequences, leaving, sequences, 0, keep);
    size = keep;
    floor = sequences[0];
    saveFloor();
  }

  private void saveFloor() {
    space.put(space.key(Tag.SOURCE, prefix), new Packer().int64(floor).bytes());
  }
}
