package io.tocsin.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds what is not plain in the text of a JSON string: quotes, backslashes and control characters.
 * Eight bytes at a time ("Bit Twiddling Hacks", Sean Eron Anderson: determine if a word has a byte
 * less than n), for it is done for every byte of every record.
 */
public final class PlainText {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long BLANKS = ' ' * ONES;

  private PlainText() {}

  /** Where the first byte stands that is not plain, or {@code to}. Other than ASCII is plain. */
  static int end(byte[] text, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long found = special(eight(text, at));
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && isPlain(text[at])) {
      at++;
    }
    return at;
  }

  /** Where the first byte stands that is not plain or not ASCII; the length for none. */
  public static int endOfAscii(byte[] text, int from) {
    return endOfAscii(text, from, text.length);
  }

  /** The same of a part of the text. */
  static int endOfAscii(byte[] text, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long eight = eight(text, at);
      // Of ASCII each of these has its high bit only where it is sought, or above such a place.
      long found =
          (((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES) | (eight - BLANKS) | eight)
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && isPlain(text[at]) && text[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Where the first byte of this value stands, which is ASCII, or {@code to}. */
  public static int find(char ascii, byte[] text, int from, int to) {
    long wanted = ascii * ONES;
    int at = from;
    while (at <= to - Long.BYTES) {
      long others = eight(text, at) ^ wanted;
      long found = others - ONES & ~others & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && text[at] != ascii) {
      at++;
    }
    return at;
  }

  /** The eight bytes from there on, the first one lowest. */
  static long eight(byte[] text, int at) {
    return (long) EIGHT.get(text, at);
  }

  /** Whether all of these bytes are ASCII. */
  public static boolean isAscii(byte[] text, int from, int to) {
    long all = 0;
    int at = from;
    while (at <= to - Long.BYTES) {
      all |= eight(text, at);
      at += Long.BYTES;
    }
    while (at < to) {
      all |= text[at++];
    }
    return (all & HIGH_BITS) == 0;
  }

  /** The high bit of each byte that is not plain; above the lowest there may be others. */
  private static long special(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    return ((quote - ONES & ~quote) | (backslash - ONES & ~backslash) | (eight - BLANKS & ~eight))
        & HIGH_BITS;
  }

  /** Bytes of other than ASCII are negative, and plain. */
  private static boolean isPlain(byte c) {
    return c != '"' && c != '\\' && (c < 0 || c >= ' ');
  }
}
