package io.tocsin.agent.transform;

import io.tocsin.event.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides which records of a source go on. Thread-safe. */
final class Gate {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final double NANOS = 1e9;

  /** A pause in the traffic is made up for, up to so many seconds' worth. */
  private static final double BURST_SECONDS = 2;

  private final @Nullable SampleSettings sample;
  private final @Nullable Integer perSecond;
  private final Excess excess;
  private final LongSupplier nanoTime;

  private long minuteBegan;
  private long thisMinute;
  private long sinceKept;
  private double level;
  private long filledAt;

  Gate(
      @Nullable SampleSettings sample,
      @Nullable Integer perSecond,
      Excess excess,
      LongSupplier nanoTime) {
    this.sample = sample;
    this.perSecond = perSecond;
    this.excess = excess;
    this.nanoTime = nanoTime;
    this.minuteBegan = nanoTime.getAsLong();
    this.filledAt = minuteBegan;
    this.level = perSecond == null ? 0 : perSecond * BURST_SECONDS;
  }

  /** Null for a measurement, which is never sampled. */
  synchronized Verdict admit(@Nullable Level severity) {
    long now = nanoTime.getAsLong();
    @Nullable Verdict full = limit(now);
    if (full != null) {
      return full;
    }
    Verdict verdict =
        sample == null || severity == null ? Verdict.Keep.ONE : sample(sample, severity, now);
    if (perSecond != null && verdict instanceof Verdict.Keep) {
      level -= 1; // what is dropped takes no room
    }
    return verdict;
  }

  /** Null while there is room. */
  private @Nullable Verdict limit(long now) {
    if (perSecond == null) {
      return null;
    }
    level = Math.min(perSecond * BURST_SECONDS, level + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (level >= 1) {
      return null;
    }
    return excess == Excess.DROP
        ? new Verdict.Drop("rate")
        : new Verdict.Wait(Duration.ofNanos((long) Math.ceil((1 - level) / perSecond * NANOS)));
  }

  private Verdict sample(SampleSettings settings, Level severity, long now) {
    if (now - minuteBegan >= MINUTE) {
      minuteBegan = now;
      thisMinute = 0;
      sinceKept = 0;
    }
    thisMinute++;
    if (thisMinute <= settings.above() || severity.compareTo(Level.ERROR) >= 0) {
      return Verdict.Keep.ONE;
    }
    sinceKept++;
    if (sinceKept < settings.keepOneIn()) {
      return new Verdict.Drop("sampled");
    }
    sinceKept = 0;
    return new Verdict.Keep(settings.keepOneIn());
  }
}
