package io.tocsin.cli.rules;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says every two seconds how far a long reading is; says nothing about a short one. */
final class Progress {

  private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final LongSupplier nanoClock;
  private long count;
  private long told;

  Progress(PrintWriter err, LongSupplier nanoClock) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.told = nanoClock.getAsLong();
  }

  void step() {
    count++;
    long now = nanoClock.getAsLong();
    if (now - told >= EVERY) {
      told = now;
      err.println(String.format(Locale.ROOT, "read %,d records …", count));
      err.flush();
    }
  }
}
