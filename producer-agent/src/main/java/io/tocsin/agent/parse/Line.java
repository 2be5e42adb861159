package io.tocsin.agent.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a line, without its end. Valid until the buffer is used again. */
@SuppressWarnings("ArrayRecordComponent") // a view that lives for one line, never compared
record Line(byte[] buffer, int from, int length, Charset charset) {

  private static final char REPLACEMENT = '\uFFFD';

  /** The text; bytes that are none in this character set are replaced. */
  String text() {
    return new String(buffer, from, length, charset);
  }

  byte[] bytes() {
    return Arrays.copyOfRange(buffer, from, from + length);
  }

  /** Whether bytes had to be replaced to make {@code text} of them. */
  boolean isBent(String text) {
    if (text.indexOf(REPLACEMENT) < 0) {
      return false;
    }
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(buffer, from, length));
      return false;
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  /** Whether its bytes are sound text in this character set. */
  boolean isIn(Charset other, String text) {
    return charset.equals(other) && text.indexOf(REPLACEMENT) < 0;
  }

  /** The same in UTF-8, bad bytes replaced. */
  Line inUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new Line(utf8, 0, utf8.length, StandardCharsets.UTF_8);
  }
}
