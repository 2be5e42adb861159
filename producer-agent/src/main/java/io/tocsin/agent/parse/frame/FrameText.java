package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** A frame's bytes as text, where they are text. */
final class FrameText {

  private FrameText() {}

  /** Printable ASCII with blanks and line ends; empty when any other byte is there. */
  static Optional<String> ascii(byte[] frame) {
    for (byte b : frame) {
      boolean blank = b == '\t' || b == '\r' || b == '\n';
      if (!blank && (b < ' ' || b == 0x7F)) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(frame, ISO_8859_1));
  }

  /** UTF-8; empty when it is not. */
  static Optional<String> utf8(byte[] frame) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
