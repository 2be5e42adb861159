package io.tocsin.cli.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Foreign bytes as something a terminal can show. */
final class LetterText {

  private LetterText() {}

  /** The bytes as text, undecodable ones replaced; empty for none. */
  static String plain(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** On one line, with no control characters, at most so many characters. */
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return text.codePointCount(0, text.length()) > most ? line + "…" : line.toString();
  }

  /** Several lines of text, or hex when it is none; cut after {@code most} bytes. */
  static String block(byte[] bytes, int most) {
    int length = Math.min(bytes.length, most);
    String rest = bytes.length > most ? "\n… " + (bytes.length - most) + " bytes more" : "";
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      boolean printable =
          text.chars().allMatch(c -> c == '\n' || c == '\t' || c == '\r' || !isControl(c));
      return (printable ? text : hex(bytes, length)) + rest;
    } catch (CharacterCodingException e) {
      return hex(bytes, length) + rest;
    }
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c);
  }

  private static String hex(byte[] bytes, int length) {
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < length; at += 16) {
      int end = Math.min(at + 16, length);
      String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
      lines.append(
          "%08x  %-47s  %s%n"
              .formatted(
                  at,
                  HexFormat.ofDelimiter(" ").formatHex(bytes, at, end),
                  text.replaceAll("[^\\x20-\\x7e]", ".")));
    }
    return lines.toString().stripTrailing();
  }
}
