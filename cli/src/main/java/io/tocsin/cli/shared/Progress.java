package io.tocsin.cli.shared;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says every two seconds how far a long work is, beside its output; says nothing about a short one.
 * Not thread-safe.
 */
public final class Progress {

  private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final LongSupplier nanoClock;
  private final String done;
  private final String things;
  private final String of;
  private long count;
  private long told;

  private Progress(PrintWriter err, LongSupplier nanoClock, String done, String things, String of) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.done = done;
    this.things = things;
    this.of = of;
    this.told = nanoClock.getAsLong();
  }

  /**
   * Of a work whose length is not known.
   *
   * @param done what is done to each, such as {@code read}
   * @param things what they are, such as {@code records}
   */
  public static Progress of(PrintWriter err, String done, String things) {
    return new Progress(err, System::nanoTime, done, things, "");
  }

  /** The same, by another clock. */
  static Progress of(PrintWriter err, LongSupplier nanoClock, String done, String things) {
    return new Progress(err, nanoClock, done, things, "");
  }

  /** The same of a work of a known length, or one of about so many things. */
  public Progress outOf(String total) {
    return new Progress(err, nanoClock, done, things, " of " + total);
  }

  /** One more is done. */
  public void step() {
    count++;
    long now = nanoClock.getAsLong();
    if (now - told >= EVERY) {
      told = now;
      err.println(String.format(Locale.ROOT, "%s %,d%s %s …", done, count, of, things));
      err.flush();
    }
  }

  /** How many there were. */
  public long count() {
    return count;
  }
}
