package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silences;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds back what is silenced. What fired and resolved within silences, by the times of its
 * transitions, is told to nobody, even when it is read after the silence; what was partly outside
 * of them is told when they are over.
 */
final class Silencing implements Restraint {

  private final Supplier<Silences> current;
  private Silences judgedBy = Silences.NONE;

  Silencing(Supplier<Silences> current) {
    this.current = current;
  }

  @Override
  public Hold hold() {
    return Hold.SILENCED;
  }

  @Override
  public boolean renew() {
    Silences before = judgedBy;
    judgedBy = current.get();
    return judgedBy != before;
  }

  @Override
  public Verdict judge(Pending pending, Instant now, boolean caughtUp) {
    if (judgedBy == Silences.NONE || !pending.mayBeWithheld()) {
      return Verdict.GO;
    }
    Alert alert = pending.alert();
    if (pending.kind() == Kind.BRIEF && judgedBy.cover(alert, pending.firedAt(), alert.at())) {
      return Verdict.NEVER;
    }
    Optional<Silence> silence = judgedBy.silencing(alert, now);
    if (silence.isPresent()) {
      return new Verdict.Wait(silence.get().nextEndingAfter(now).orElseThrow().end());
    }
    boolean wasSilenced =
        pending.kind() == Kind.FIRING
            && !caughtUp
            && judgedBy.silencing(alert, alert.at()).isPresent();
    return wasSilenced ? Verdict.WAIT_FOR_REST : Verdict.GO;
  }
}
