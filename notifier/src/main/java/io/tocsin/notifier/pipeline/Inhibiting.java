package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.inhibit.Inhibition;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Holds back what is not to be told while something else fires. What fired and resolved while
 * others that inhibit it fired is told to nobody; what was partly outside of that, when they are
 * over.
 *
 * <p>The two may come at the same moment, by different topics. So whatever names an inhibitor waits
 * {@linkplain #FOR_OTHERS a second} for it.
 */
final class Inhibiting implements Restraint {

  /** Every lane follows what fires at least twice in it. */
  static final Duration FOR_OTHERS = Duration.ofSeconds(1);

  private final Supplier<FiringAlerts> current;
  private FiringAlerts causes = new FiringAlerts();
  private long judgedBy;

  Inhibiting(Supplier<FiringAlerts> current) {
    this.current = current;
  }

  @Override
  public Hold hold() {
    return Hold.INHIBITED;
  }

  @Override
  public boolean renew() {
    long before = judgedBy;
    causes = current.get();
    judgedBy = causes.version();
    return judgedBy != before;
  }

  @Override
  public Verdict judge(Pending pending, Instant now, boolean caughtUp) {
    Alert alert = pending.alert();
    if (!pending.mayBeWithheld() || Inhibition.rulesOver(alert).isEmpty()) {
      return Verdict.GO;
    }
    Instant others = pending.dueAt().plus(FOR_OTHERS);
    if (pending.isUntried() && others.isAfter(now) && pending.kind() != Kind.REPEATED) {
      return new Verdict.Wait(others);
    }
    if (pending.kind() == Kind.BRIEF && causes.cover(alert, pending.firedAt(), alert.at())) {
      return Verdict.NEVER;
    }
    if (causes.inhibit(alert)) {
      return new Verdict.Wait(Instant.MAX);
    }
    boolean wasInhibited =
        pending.kind() == Kind.FIRING
            && !caughtUp
            && causes.cover(alert, pending.firedAt(), pending.firedAt());
    return wasInhibited ? Verdict.WAIT_FOR_REST : Verdict.GO;
  }
}
