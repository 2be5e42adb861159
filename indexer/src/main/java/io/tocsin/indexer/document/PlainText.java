package io.tocsin.indexer.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where plain text ends: at a quote, a backslash, a control character or a byte that is not
 * ASCII. Nearly all bytes of a record are plain text, so eight are looked at in one go.
 */
public final class PlainText {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private PlainText() {}

  /**
   * The place of the first byte from {@code from} on that is no plain text; the length for none.
   */
  public static int end(byte[] text, int from) {
    int i = from;
    for (int last = text.length - Long.BYTES; i <= last; i += Long.BYTES) {
      long special = special((long) EIGHT.get(text, i));
      if (special != 0) {
        return i + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (i < text.length && isPlain(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  /**
   * The high bit of each byte that is not plain. A borrow may set it for bytes behind the first
   * such one, but never before it.
   */
  private static long special(long eight) {
    long quotes = eight ^ QUOTES;
    long backslashes = eight ^ BACKSLASHES;
    long found = (quotes - ONES) & ~quotes;
    found |= (backslashes - ONES) & ~backslashes;
    found |= (eight - SPACES) & ~eight;
    return (found | eight) & HIGH;
  }
}
