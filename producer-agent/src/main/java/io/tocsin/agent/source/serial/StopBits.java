package io.tocsin.agent.source.serial;

import io.tocsin.bootstrap.config.ConfigNode;

/** The pause after each byte, in bits. */
public enum StopBits {
  ONE("1"),
  ONE_AND_A_HALF("1.5"),
  TWO("2");

  private final String written;

  StopBits(String written) {
    this.written = written;
  }

  /** Reads {@code 1}, {@code 1.5} or {@code 2}. */
  public static StopBits fromConfig(ConfigNode node) {
    for (StopBits bits : values()) {
      if (bits.written.equals(node.text())) {
        return bits;
      }
    }
    throw node.invalid("must be 1, 1.5 or 2", "");
  }

  @Override
  public String toString() {
    return written;
  }
}
