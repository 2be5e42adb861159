package io.tocsin.indexer.document;

import io.tocsin.event.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link JsonScan} for what nearly every record is: sound JSON whose wanted texts are plain ASCII.
 * It checks all of RFC 8259, and whatever it stumbles over it leaves to the parser, which then says
 * what is wrong, or that nothing is.
 */
final class QuickScan {

  /** Each level is a few calls on the stack; deeper ones are for the parser. */
  private static final int LEVELS = 24;

  /** The parser has bounds for names and numbers; what may come near them is left to it. */
  private static final int LONGEST_TOKEN = 500;

  private final byte[] json;
  private final byte[][] wanted;
  private final @Nullable String[] texts;
  private int at;
  private boolean multiline;

  /** Whether the last string was its bytes: ASCII without escapes. */
  private boolean plain;

  private QuickScan(byte[] json, int from, byte[][] wanted) {
    this.json = json;
    this.at = from;
    this.wanted = wanted;
    this.texts = new @Nullable String[wanted.length];
  }

  /** Null when the parser is to look at it. */
  static @Nullable JsonScan of(byte[] json, int from, byte[][] wanted) {
    QuickScan scan = new QuickScan(json, from, wanted);
    boolean sound = scan.peek() == '{' && scan.object(0);
    scan.skipBlanks();
    return sound && scan.at == json.length ? new JsonScan(scan.texts, from, scan.multiline) : null;
  }

  /** The byte at hand; 0, which no token begins with, at the end. */
  private byte peek() {
    return at < json.length ? json[at] : 0;
  }

  private boolean accept(char c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean object(int level) {
    at++;
    skipBlanks();
    if (accept('}')) {
      return true;
    }
    do {
      skipBlanks();
      if (!field(level)) {
        return false;
      }
      skipBlanks();
    } while (accept(','));
    return accept('}');
  }

  private boolean field(int level) {
    int name = at + 1;
    if (peek() != '"' || !string() || at - name > LONGEST_TOKEN) {
      return false;
    }
    if (level == 0 && !plain) {
      return false; // an escape might spell any name
    }
    int index = level == 0 ? wanted(name, at - 1 - name) : -1;
    skipBlanks();
    if (!accept(':')) {
      return false;
    }
    skipBlanks();
    int value = at;
    return value(level) && (index < 0 || json[value] != '"' || keep(index, value + 1, at - 1));
  }

  /** Which wanted field this is; -1 for none. */
  private int wanted(int from, int length) {
    for (int i = 0; i < wanted.length; i++) {
      byte[] name = wanted[i];
      if (name.length == length
          && name[0] == json[from]
          && Arrays.equals(name, 0, length, json, from, from + length)) {
        return i;
      }
    }
    return -1;
  }

  /** False when the text is more than its bytes. */
  private boolean keep(int index, int from, int to) {
    if (plain) {
      texts[index] = new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return plain;
  }

  private boolean value(int level) {
    return switch (peek()) {
      case '"' -> string();
      case '{' -> level < LEVELS && object(level + 1);
      case '[' -> level < LEVELS && array(level + 1);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean array(int level) {
    at++;
    skipBlanks();
    if (accept(']')) {
      return true;
    }
    do {
      skipBlanks();
      if (!value(level)) {
        return false;
      }
      skipBlanks();
    } while (accept(','));
    return accept(']');
  }

  /** From the opening quote to behind the closing one. */
  private boolean string() {
    plain = true;
    int i = PlainText.endOfAscii(json, at + 1);
    while (i < json.length) {
      byte c = json[i];
      if (c == '"') {
        at = i + 1;
        return true;
      }
      int length = unusual(i, c);
      if (length == 0) {
        return false;
      }
      plain = false;
      i = PlainText.endOfAscii(json, i + length);
    }
    return false;
  }

  /** The length of an escape or of a character of several bytes; 0 when it is neither. */
  private int unusual(int i, byte c) {
    if (c >= 0) {
      return c == '\\' ? escape(i) : 0;
    }
    int length = c >> 5 == -2 ? 2 : c >> 4 == -2 ? 3 : c >> 3 == -2 ? 4 : 0;
    for (int k = 1; k < length; k++) {
      if (i + k >= json.length || json[i + k] >> 6 != -2) {
        return 0;
      }
    }
    return length;
  }

  private int escape(int i) {
    int escaped = i + 1 < json.length ? json[i + 1] : 0;
    if (escaped != 'u') {
      return escaped > 0 && "\"\\/bfnrt".indexOf(escaped) >= 0 ? 2 : 0;
    }
    for (int k = 2; k < 6; k++) {
      if (i + k >= json.length || Character.digit(json[i + k], 16) < 0) {
        return 0;
      }
    }
    return 6;
  }

  private boolean number() {
    int from = at;
    boolean _ = accept('-');
    int whole = digits();
    if (whole == 0 || (whole > 1 && json[at - whole] == '0')) {
      return false;
    }
    if (accept('.') && digits() == 0) {
      return false;
    }
    if (accept('e') || accept('E')) {
      boolean _ = accept('+') || accept('-');
      if (digits() == 0) {
        return false;
      }
    }
    return at - from <= LONGEST_TOKEN;
  }

  private int digits() {
    int from = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
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

  private void skipBlanks() {
    while (at < json.length && json[at] <= ' ') {
      byte c = json[at];
      if (c == '\n' || c == '\r') {
        multiline = true;
      } else if (c != ' ' && c != '\t') {
        return; // also the bytes of other than ASCII, which are negative
      }
      at++;
    }
  }
}
