package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Holds back what its receiver is to be told of only when nobody takes care of it for long enough,
 * counted from the firing: so a restart does not begin anew, and it does not matter whether those
 * who were told first could be. What was over before that, or somebody takes care of, is told to
 * nobody else; what nobody takes care of any more is told then.
 */
final class Escalating implements Restraint {

  private final Supplier<Acknowledgements> current;
  private Acknowledgements judgedBy = Acknowledgements.NONE;

  Escalating(Supplier<Acknowledgements> current) {
    this.current = current;
  }

  @Override
  public Hold hold() {
    return Hold.NOT_ESCALATED;
  }

  @Override
  public boolean renew() {
    Acknowledgements before = judgedBy;
    judgedBy = current.get();
    return judgedBy != before;
  }

  @Override
  public Verdict judge(Pending pending, Instant now, boolean caughtUp) {
    if (!pending.lead().escalates()
        || !pending.mayBeWithheld()
        || pending.kind() == Kind.REPEATED) {
      return Verdict.GO;
    }
    Instant due = pending.firedAt().plus(pending.lead().after());
    boolean cared = judgedBy.of(pending.alert().episode()) != null;
    if (pending.kind() == Kind.BRIEF) {
      return cared || !pending.alert().at().isAfter(due) ? Verdict.NEVER : Verdict.GO;
    }
    if (cared) {
      return new Verdict.Wait(Instant.MAX);
    }
    if (due.isAfter(now)) {
      return new Verdict.Wait(due);
    }
    return caughtUp ? Verdict.GO : Verdict.WAIT_FOR_REST;
  }
}
