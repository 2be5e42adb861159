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
  private final long total;
  private long count;
  private long told;

  /** Of a reading whose length is not known. */
  Progress(PrintWriter err, LongSupplier nanoClock) {
    this(err, nanoClock, 0);
  }

  /**
   * Of a reading.
   *
   * @param total about how many records there are; 0 when that is not known
   */
  Progress(PrintWriter err, LongSupplier nanoClock, long total) {
    this.err = err;
    this.total = total;
    this.nanoClock = nanoClock;
    this.told = nanoClock.getAsLong();
  }

  void step() {
    count++;
    long now = nanoClock.getAsLong();
    if (now - told >= EVERY) {
      told = now;
      String of = total == 0 ? "" : String.format(Locale.ROOT, " of about %,d", total);
      err.println(String.format(Locale.ROOT, "read %,d%s records …", count, of));
      err.flush();
    }
  }
}
