package io.tocsin.agent.parse.frame;

import org.jspecify.annotations.Nullable;

/** The framings that tests cut with. */
final class Framings {

  private Framings() {}

  static Framing tagged(int maxBytes) {
    return delimited("<", ">", maxBytes);
  }

  static Framing delimited(String start, String end, int maxBytes) {
    return new Framing(start, end, maxBytes, false, null, false, false, null);
  }

  static Framing line(int maxBytes) {
    return new Framing(null, null, maxBytes, true, null, false, false, null);
  }

  static Framing lengthPrefix(int bytes, int maxBytes, @Nullable Checksum checksum) {
    return new Framing(null, null, maxBytes, false, bytes, false, false, checksum);
  }

  static Framing cobs(int maxBytes, @Nullable Checksum checksum) {
    return new Framing(null, null, maxBytes, false, null, true, false, checksum);
  }

  static Framing slip(int maxBytes, @Nullable Checksum checksum) {
    return new Framing(null, null, maxBytes, false, null, false, true, checksum);
  }
}
