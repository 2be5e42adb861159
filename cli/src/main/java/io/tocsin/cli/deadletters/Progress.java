package io.tocsin.cli.deadletters;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says every two seconds how far a long work is; says nothing about a short one. */
final class Progress {

  private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final String done;
  private final LongSupplier nanoClock;
  private long count;
  private long told;

  /** {@code done} is what was done to each: {@code read}, {@code sent back}. */
  Progress(PrintWriter err, String done, LongSupplier nanoClock) {
    this.err = err;
    this.done = done;
    this.nanoClock = nanoClock;
    this.told = nanoClock.getAsLong();
  }

  void step() {
    count++;
    long now = nanoClock.getAsLong();
    if (now - told >= EVERY) {
      told = now;
      err.println(String.format(Locale.ROOT, "%s %,d letters …", done, count));
      err.flush();
    }
  }
}
