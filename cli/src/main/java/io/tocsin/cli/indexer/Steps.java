package io.tocsin.cli.indexer;

import io.tocsin.indexer.lifecycle.Lifecycle;
import io.tocsin.indexer.lifecycle.LifecycleStep;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says what is done when it takes longer than two seconds. */
final class Steps implements Lifecycle.Listener {

  private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final LongSupplier nanoClock;
  private long told;

  Steps(PrintWriter err, LongSupplier nanoClock) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.told = nanoClock.getAsLong();
  }

  @Override
  public void begins(LifecycleStep step) {
    tell(step.text() + " …");
  }

  @Override
  public void at(String what, long done, long total) {
    tell(
        total == 0
            ? what + " …"
            : String.format(Locale.ROOT, "%s: %,d of %,d …", what, done, total));
  }

  private void tell(String line) {
    long now = nanoClock.getAsLong();
    if (now - told >= EVERY) {
      told = now;
      err.println(line);
      err.flush();
    }
  }
}
