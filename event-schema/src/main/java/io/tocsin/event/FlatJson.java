package io.tocsin.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a flat JSON object stand in its text. It knows less than RFC 8259: what it
 * does not know (nested values, escapes and other than ASCII in names, a name twice, very many or
 * very long names, very long numbers, anything wrong) it refuses, and a parser is to look at it.
 * Places are those in the buffer that was scanned last. Not thread-safe.
 *
 * <p>Texts are expected to be alike, as the lines of a log are: a few layouts are remembered, and a
 * text that has one of them is not read name by name.
 */
public final class FlatJson {

  /** A name that fields may be looked for by. */
  public static final class Name {
    private final byte[] text;
    private final long hash;

    public Name(String name) {
      this.text = name.getBytes(StandardCharsets.UTF_8);
      this.hash = hash(text, 0, text.length);
    }
  }

  /** So many layouts are remembered. */
  public static final int LAYOUTS = 4;

  private static final int FIELDS = 16;
  private static final int MOST_FIELDS = 256;
  private static final int ABSENT = -1;
  private static final int REFUSED = -1;

  /** 2^64 divided by the golden ratio (Knuth, TAOCP 6.4): close names come to lie far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Far below what the parser refuses. */
  private static final int LONGEST_NAME = 1000;

  private static final int LONGEST_NUMBER = 100;

  private final boolean remembers;
  private final @Nullable JsonLayout[] layouts = new JsonLayout[LAYOUTS];

  /** The one that was met last: most likely it is the next text's, too. */
  private int recent;

  private long layout = ABSENT;
  private long learned;

  private byte[] text = {};
  private int end;
  private int count;
  private int[] nameAt = new int[FIELDS];
  private int[] valueAt = new int[FIELDS];
  private int[] valueEnd = new int[FIELDS];
  private long[] hashes = new long[FIELDS];

  /** A bit for each name so far, by its hash: most names are seen at once to be new. */
  private long seen;

  /** For many texts. */
  public FlatJson() {
    this(true);
  }

  private FlatJson(boolean remembers) {
    this.remembers = remembers;
  }

  /** Null for what it does not know. The bytes must be sound UTF-8. */
  static @Nullable FlatJson of(byte[] text, int from, int length) {
    FlatJson json = new FlatJson(false);
    return json.scan(text, from, length) ? json : null;
  }

  /**
   * Looks at another text; the one before is forgotten.
   *
   * @param buffer sound UTF-8; not to be changed while places in it are asked for
   * @return false for what it does not know
   */
  public boolean scan(byte[] buffer, int from, int length) {
    text = buffer;
    end = from + length;
    for (int i = 0; remembers && i < LAYOUTS; i++) {
      int candidate = (recent + i) % LAYOUTS;
      @Nullable JsonLayout known = layouts[candidate];
      if (known != null && isLaidOut(known, from)) {
        recent = candidate;
        return true;
      }
    }
    layout = ABSENT;
    boolean read = isRead(from);
    if (read && remembers) {
      remember(from);
    }
    return read;
  }

  /**
   * A number for the names and the order of the fields: texts that have the same have all that in
   * common. Of the last {@link #LAYOUTS} numbers some may come again; -1 says nothing.
   */
  public long layout() {
    return layout;
  }

  /** How many fields there are. */
  public int count() {
    return count;
  }

  /** The field of this name; -1 for none. */
  public int find(Name name) {
    for (int field = 0; field < count; field++) {
      if (hashes[field] == name.hash && isNamed(field, name.text)) {
        return field;
      }
    }
    return ABSENT;
  }

  /** Where a field's name begins, behind its quote. */
  public int nameAt(int field) {
    return nameAt[field];
  }

  /** Where a field's value begins: for a text, at its quote. */
  public int valueAt(int field) {
    return valueAt[field];
  }

  /** Behind a field's value. */
  public int valueEnd(int field) {
    return valueEnd[field];
  }

  private boolean isLaidOut(JsonLayout known, int from) {
    int at = from;
    for (int field = 0; field < known.count(); field++) {
      int value = known.behind(field, text, at, end);
      at = value < 0 ? REFUSED : value(value);
      if (at == REFUSED) {
        return false;
      }
      nameAt[field] = value - known.nameBack(field);
      valueAt[field] = value;
      valueEnd[field] = at;
    }
    if (known.behind(known.count(), text, at, end) != end) {
      return false;
    }
    if (layout != known.number()) {
      layout = known.number();
      count = known.count();
      known.copyHashes(hashes);
    }
    return true;
  }

  private void remember(int from) {
    @Nullable JsonLayout fresh = JsonLayout.of(learned, this, text, from, end, hashes);
    if (fresh != null) {
      recent = (int) (learned % LAYOUTS);
      layouts[recent] = fresh;
      layout = learned++;
    }
  }

  private boolean isRead(int from) {
    count = 0;
    seen = 0;
    int at = blanks(from);
    if (!is('{', at)) {
      return false;
    }
    at = blanks(at + 1);
    if (!is('}', at)) {
      at = fields(at);
    }
    return at != REFUSED && blanks(at + 1) == end;
  }

  private boolean isNamed(int field, byte[] name) {
    int from = nameAt[field];
    int to = from + name.length;
    return to < end && text[to] == '"' && Arrays.equals(text, from, to, name, 0, name.length);
  }

  // Each of these is given where to begin, and gives where what it knows ends, or REFUSED.

  /** Up to the brace that ends the object. */
  private int fields(int from) {
    int at = field(from);
    while (at != REFUSED && is(',', at)) {
      at = field(blanks(at + 1));
    }
    return at != REFUSED && is('}', at) ? at : REFUSED;
  }

  /** With the blanks behind it. */
  private int field(int from) {
    int close = is('"', from) ? PlainText.endOfAscii(text, from + 1, end) : end;
    if (!is('"', close) || !note(from + 1, close)) {
      return REFUSED;
    }
    int at = blanks(close + 1);
    if (!is(':', at)) {
      return REFUSED;
    }
    at = blanks(at + 1);
    valueAt[count] = at;
    at = value(at);
    valueEnd[count++] = at;
    return at == REFUSED ? REFUSED : blanks(at);
  }

  /** False for a name that is most likely there twice, or one too many. */
  private boolean note(int from, int to) {
    long hash = hash(text, from, to);
    long bit = 1L << (hash >>> 58);
    if (count == MOST_FIELDS || to - from > LONGEST_NAME || ((seen & bit) != 0 && isHashed(hash))) {
      return false; // each name is held against all before it
    }
    grow();
    seen |= bit;
    hashes[count] = hash;
    nameAt[count] = from;
    return true;
  }

  private boolean isHashed(long hash) {
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private static long hash(byte[] text, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    while (at <= to - Long.BYTES) {
      hash = (hash ^ PlainText.eight(text, at)) * SPREAD;
      at += Long.BYTES;
    }
    long rest = 0;
    while (at < to) {
      rest = rest << Byte.SIZE | text[at++];
    }
    return (hash ^ rest) * SPREAD;
  }

  private int value(int from) {
    int first = from < end ? text[from] : 0;
    return switch (first) {
      case '"' -> string(from);
      case 't' -> word("true", from);
      case 'f' -> word("false", from);
      case 'n' -> word("null", from);
      default -> number(from);
    };
  }

  private int string(int from) {
    int next = from + 1;
    while (true) {
      next = PlainText.end(text, next, end);
      if (is('"', next)) {
        return next + 1;
      }
      // A control character is wrong, and \\u0041 for the parser.
      if (next + 1 >= end || text[next] != '\\' || "\"\\/bfnrt".indexOf(text[next + 1]) < 0) {
        return REFUSED;
      }
      next += 2;
    }
  }

  private int number(int from) {
    int whole = is('-', from) ? from + 1 : from;
    int at = digits(whole);
    if (at == whole || at - from > LONGEST_NUMBER || (at > whole + 1 && text[whole] == '0')) {
      return REFUSED;
    }
    if (!is('.', at)) {
      return at; // an exponent is for the parser
    }
    int fraction = digits(at + 1);
    return fraction > at + 1 && fraction - from <= LONGEST_NUMBER ? fraction : REFUSED;
  }

  private int digits(int from) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  private int word(String word, int from) {
    for (int i = 0; i < word.length(); i++) {
      if (!is(word.charAt(i), from + i)) {
        return REFUSED;
      }
    }
    return from + word.length();
  }

  private boolean is(char c, int at) {
    return at < end && text[at] == c;
  }

  private int blanks(int from) {
    int at = from;
    while (at < end
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  private void grow() {
    if (count == nameAt.length) {
      nameAt = Arrays.copyOf(nameAt, 2 * count);
      valueAt = Arrays.copyOf(valueAt, 2 * count);
      valueEnd = Arrays.copyOf(valueEnd, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
  }
}
