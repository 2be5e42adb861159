package io.tocsin.agent.fuzz;

import java.util.Locale;

/** How long a part is fed: 50 kB in the build, as much as {@code tocsin.fuzz.bytes} by command. */
public final class Fuzz {

  private static final long BYTES = Long.getLong("tocsin.fuzz.bytes", 50_000);

  private Fuzz() {}

  /** Takes the bytes of one try. */
  @FunctionalInterface
  public interface Part {
    void feed(byte[] bytes) throws Exception;
  }

  /** Feeds a part until it had its share; prints how much that was when it was asked for. */
  public static void feed(String name, Mutations mutations, Part part) throws Exception {
    long began = System.nanoTime();
    long bytes = 0;
    long tries = 0;
    while (bytes < BYTES) {
      byte[] next = mutations.next();
      part.feed(next);
      bytes += next.length + 1;
      tries++;
    }
    if (Long.getLong("tocsin.fuzz.bytes") != null) {
      System.out.printf(
          Locale.ROOT,
          "fuzz %-28s %,12d bytes in %,9d tries, %6d ms%n",
          name,
          bytes,
          tries,
          (System.nanoTime() - began) / 1_000_000);
    }
  }
}
