package io.tocsin.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a flat JSON object stand in its text. It knows less than RFC 8259: what it
 * does not know (nested values, escapes in names, a name twice, anything wrong) it refuses, and a
 * parser is to look at it.
 */
final class FlatJson {

  private static final int FIELDS = 16;

  private final byte[] text;
  private final int end;
  private int at;
  private int count;
  private int[] nameAt = new int[FIELDS];
  private int[] valueAt = new int[FIELDS];
  private int[] valueEnd = new int[FIELDS];
  private int[] hashes = new int[FIELDS];

  private FlatJson(byte[] text, int from, int length) {
    this.text = text;
    this.at = from;
    this.end = from + length;
  }

  /** Null for what it does not know. The bytes must be sound UTF-8. */
  static @Nullable FlatJson scan(byte[] text, int from, int length) {
    FlatJson json = new FlatJson(text, from, length);
    return json.object() ? json : null;
  }

  int count() {
    return count;
  }

  /** Where a field's name begins, behind its quote. */
  int nameAt(int field) {
    return nameAt[field];
  }

  int valueAt(int field) {
    return valueAt[field];
  }

  int valueEnd(int field) {
    return valueEnd[field];
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
    while (at < end && text[at] != '"') {
      if (text[at] < ' ' || text[at] == '\\') { // bytes of other than ASCII are negative
        return false;
      }
      hash = 31 * hash + text[at++];
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
    at++;
    while (at < end) {
      byte c = text[at++];
      if (c == '"') {
        return true;
      }
      if ((c >= 0 && c < ' ') || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    return at < end && "\"\\/bfnrt".indexOf(text[at++]) >= 0; // \\u0041 is for the parser
  }

  private boolean number() {
    boolean _ = accept('-');
    int whole = digits();
    if (whole == 0 || (whole > 1 && text[at - whole] == '0')) {
      return false;
    }
    return !accept('.') || digits() > 0; // an exponent is for the parser
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
