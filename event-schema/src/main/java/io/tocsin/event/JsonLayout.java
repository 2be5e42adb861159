package io.tocsin.event;

import org.jspecify.annotations.Nullable;

/**
 * What stood around the values of one text: the same words stand around those of the next one, if
 * the same line of a program wrote it. To compare them, eight bytes at a time, takes a fraction of
 * the time it takes to read and hash names. Not thread-safe.
 */
final class JsonLayout {

  /** More than most lines have beside their values; what has more is read name by name. */
  private static final int LONGEST = 1 << 10;

  /** A row of eight bytes for each eight begun, one piece after the other; the last is masked. */
  private final long[] words;

  /** The piece before each value and the one behind the last: where its words begin. */
  private final int[] wordAt;

  private final int[] lengths;

  /** How far before its value each name begins. */
  private final int[] nameBack;

  private final long[] hashes;

  private final long number;

  private JsonLayout(long number, int count, int words) {
    this.number = number;
    this.words = new long[words];
    this.wordAt = new int[count + 2];
    this.lengths = new int[count + 1];
    this.nameBack = new int[count];
    this.hashes = new long[count];
  }

  /** That of the text that was scanned last; null for one with very much beside its values. */
  static @Nullable JsonLayout of(
      long number, FlatJson json, byte[] text, int from, int end, long[] hashes) {
    int count = json.count();
    int beside = end - from;
    for (int field = 0; field < count; field++) {
      beside -= json.valueEnd(field) - json.valueAt(field);
    }
    if (beside > LONGEST) {
      return null;
    }
    // Each piece may end within a word.
    JsonLayout layout = new JsonLayout(number, count, beside / Long.BYTES + count + 1);
    System.arraycopy(hashes, 0, layout.hashes, 0, count);
    int at = from;
    for (int field = 0; field < count; field++) {
      layout.note(field, text, at, json.valueAt(field));
      layout.nameBack[field] = json.valueAt(field) - json.nameAt(field);
      at = json.valueEnd(field);
    }
    layout.note(count, text, at, end);
    return layout;
  }

  private void note(int piece, byte[] text, int from, int to) {
    byte[] padded = new byte[Math.ceilDiv(to - from, Long.BYTES) * Long.BYTES];
    System.arraycopy(text, from, padded, 0, to - from);
    int word = wordAt[piece];
    for (int at = 0; at < padded.length; at += Long.BYTES) {
      words[word++] = PlainText.eight(padded, at);
    }
    wordAt[piece + 1] = word;
    lengths[piece] = to - from;
  }

  /** How many values there are. */
  int count() {
    return nameBack.length;
  }

  int nameBack(int field) {
    return nameBack[field];
  }

  void copyHashes(long[] into) {
    System.arraycopy(hashes, 0, into, 0, hashes.length);
  }

  long number() {
    return number;
  }

  /**
   * Where a piece ends that begins there; -1 when something else stands there.
   *
   * @param end where the text ends: nothing behind it counts
   */
  int behind(int piece, byte[] text, int at, int end) {
    int behind = at + lengths[piece];
    int first = wordAt[piece];
    int last = wordAt[piece + 1] - 1;
    // The last words of a buffer that ends with the text are not there to be read.
    if (behind > end || at + (last + 1 - first) * Long.BYTES > text.length) {
      return -1;
    }
    int place = at;
    for (int word = first; word < last; word++) {
      if (PlainText.eight(text, place) != words[word]) {
        return -1;
      }
      place += Long.BYTES;
    }
    if (last < first) {
      return behind;
    }
    long unlike = PlainText.eight(text, place) ^ words[last];
    // Bytes behind the piece are the value's: in little endian they are the high ones.
    int others = Long.BYTES - (behind - place);
    return (unlike << (others * Byte.SIZE)) == 0 ? behind : -1;
  }
}
