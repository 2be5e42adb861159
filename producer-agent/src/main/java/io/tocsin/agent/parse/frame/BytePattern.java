package io.tocsin.agent.parse.frame;

/**
 * Finds a short byte sequence in a stream, byte by byte, by the failure function of Knuth, Morris
 * and Pratt: a sequence that begins again within itself is not overlooked.
 */
final class BytePattern {

  private final byte[] pattern;
  private final int[] fallback;
  private int matched;

  BytePattern(byte[] pattern) {
    this.pattern = pattern.clone();
    this.fallback = new int[pattern.length];
    for (int i = 1; i < pattern.length; i++) {
      fallback[i] = next(fallback[i - 1], pattern[i]);
    }
  }

  int length() {
    return pattern.length;
  }

  /** How many bytes of it the stream's end shows. */
  int matched() {
    return matched;
  }

  /** True when {@code b} completes it. */
  boolean step(byte b) {
    matched = next(matched, b);
    if (matched < pattern.length) {
      return false;
    }
    matched = 0;
    return true;
  }

  void reset() {
    matched = 0;
  }

  private int next(int state, byte b) {
    int at = state;
    while (at > 0 && pattern[at] != b) {
      at = fallback[at - 1];
    }
    return pattern[at] == b ? at + 1 : at;
  }
}
