package io.tocsin.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a flat JSON object stand in its text. It knows less than RFC 8259: what it
 * does not know (nested values, escapes and other than ASCII in names, a name twice, very many or
 * very long names, very long numbers, anything wrong) it refuses, and a parser is to look at it.
 * Places are those in the buffer that was scanned last. Not thread-safe.
 */
public final class FlatJson {

  private static final int FIELDS = 16;
  private static final int MOST_FIELDS = 256;

  /** Far below what the parser refuses. */
  private static final int LONGEST_NAME = 1000;

  private static final int LONGEST_NUMBER = 100;

  private byte[] text = {};
  private int end;
  private int at;
  private int count;
  private int[] nameAt = new int[FIELDS];
  private int[] valueAt = new int[FIELDS];
  private int[] valueEnd = new int[FIELDS];
  private int[] hashes = new int[FIELDS];

  /** Null for what it does not know. The bytes must be sound UTF-8. */
  static @Nullable FlatJson of(byte[] text, int from, int length) {
    FlatJson json = new FlatJson();
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
    at = from;
    end = from + length;
    count = 0;
    return object();
  }

  /** How many fields there are. */
  public int count() {
    return count;
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

  /** Whether a field has this name, which is ASCII. */
  public boolean isNamed(int field, byte[] name) {
    int from = nameAt[field];
    int to = from + name.length;
    return to < end && text[to] == '"' && Arrays.equals(text, from, to, name, 0, name.length);
  }

  private boolean object() {
    skipBlanks();
    if (!accept('{')) {
      return false;
    }
    skipBlanks();
    if (!accept('}')) {
      do {
        if (!field()) {
          return false;
        }
      } while (accept(','));
      if (!accept('}')) {
        return false;
      }
    }
    skipBlanks();
    return at == end;
  }

  private boolean field() {
    skipBlanks();
    int name = at + 1;
    if (!accept('"') || !name(name)) {
      return false;
    }
    skipBlanks();
    if (!accept(':')) {
      return false;
    }
    skipBlanks();
    valueAt[count] = at;
    if (!value()) {
      return false;
    }
    valueEnd[count++] = at;
    skipBlanks();
    return true;
  }

  private boolean name(int from) {
    int hash = 0;
    int next = from;
    while (next < end && text[next] != '"') {
      byte c = text[next++];
      if (c < ' ' || c == '\\') { // bytes of other than ASCII are negative
        return false;
      }
      hash = 31 * hash + c;
    }
    at = next;
    if (count == MOST_FIELDS || next - from > LONGEST_NAME) {
      return false; // each name is held against all before it
    }
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        return false; // most likely the same name twice
      }
    }
    grow();
    hashes[count] = hash;
    nameAt[count] = from;
    return accept('"');
  }

  private boolean value() {
    int first = at < end ? text[at] : 0;
    return switch (first) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean string() {
    int next = at + 1;
    while (true) {
      next = PlainText.end(text, next, end);
      if (next < end && text[next] == '"') {
        at = next + 1;
        return true;
      }
      // A control character is wrong, and \\u0041 for the parser.
      if (next + 1 >= end || text[next] != '\\' || "\"\\/bfnrt".indexOf(text[next + 1]) < 0) {
        return false;
      }
      next += 2;
    }
  }

  private boolean number() {
    int from = at;
    boolean _ = accept('-');
    int whole = digits();
    if (whole == 0 || (whole > 1 && text[at - whole] == '0')) {
      return false;
    }
    boolean sound = !accept('.') || digits() > 0; // an exponent is for the parser
    return sound && at - from <= LONGEST_NUMBER;
  }

  private int digits() {
    int from = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!accept(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean accept(char c) {
    if (at < end && text[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
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
