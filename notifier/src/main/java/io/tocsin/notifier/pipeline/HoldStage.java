package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Delivery.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage before the attempts: holds back what some restraint asks for, until none does. Not
 * thread-safe.
 *
 * <p>A resolve of what the receiver was told, or may have been told by a call that failed or was
 * cut off, is never withheld: it would leave an incident open elsewhere. Nor is it withheld who
 * takes care of what was told.
 */
final class HoldStage {

  private static final Logger LOG = LoggerFactory.getLogger(HoldStage.class);

  private final String receiver;
  private final List<Restraint> restraints;
  private final Backlog backlog;
  private final Deliveries deliveries;
  private final NotifierMetrics metrics;
  private Instant nextAt = Instant.MAX;
  private boolean awaitsRest;

  HoldStage(
      String receiver,
      List<Restraint> restraints,
      Backlog backlog,
      Deliveries deliveries,
      NotifierMetrics metrics) {
    this.receiver = receiver;
    this.restraints = List.copyOf(restraints);
    this.backlog = backlog;
    this.deliveries = deliveries;
    this.metrics = metrics;
  }

  /** When something that is held may be told; {@link Instant#MAX} for never. */
  Instant nextAt() {
    return backlog.held() == 0 ? Instant.MAX : nextAt;
  }

  /**
   * Puts aside what is due and not to be told now, and brings back what may be.
   *
   * @param caughtUp whether everything on the topic was read: until then what fired may have
   *     resolved meanwhile
   * @return what nobody is to be told of, and is recorded so
   */
  List<Pending> pass(Instant now, boolean caughtUp) throws InterruptedException {
    boolean anew = !nextAt.isAfter(now) || (awaitsRest && caughtUp);
    for (Restraint restraint : restraints) {
      anew |= restraint.renew();
    }
    if (anew) {
      backlog.releaseAll();
      nextAt = Instant.MAX;
      awaitsRest = false;
    }
    List<Pending> settled = new ArrayList<>();
    for (Pending pending : backlog.due(now)) {
      Hold never = judge(pending, now, caughtUp);
      if (never != null) {
        settle(pending, never, now);
        settled.add(pending);
      }
    }
    return settled;
  }

  /** Returns why nobody is to be told of it; null when somebody is, now or later. */
  private @Nullable Hold judge(Pending pending, Instant now, boolean caughtUp) {
    Hold hold = null;
    Instant until = Instant.MAX;
    for (Restraint restraint : restraints) {
      switch (restraint.judge(pending, now, caughtUp)) {
        case Verdict.Go() -> {}
        case Verdict.Never() -> {
          return restraint.hold();
        }
        case Verdict.Wait(Instant end) -> {
          hold = hold == null ? restraint.hold() : hold;
          until = end.isBefore(until) ? end : until;
        }
        case Verdict.WaitForRest() -> {
          hold = hold == null ? restraint.hold() : hold;
          awaitsRest = true;
        }
      }
    }
    if (hold != null) {
      nextAt = until.isBefore(nextAt) ? until : nextAt;
      hold(pending, hold);
    }
    return null;
  }

  private void settle(Pending pending, Hold why, Instant now) throws InterruptedException {
    deliveries.record(pending.delivery(receiver, State.SILENCED, now, why.label(), null));
    backlog.remove(pending);
    metrics.withheld(receiver, why);
  }

  private void hold(Pending pending, Hold hold) {
    if (hold != Hold.GROUPED) { // that does not wait for anything to change
      pending.putAside();
    }
    backlog.hold(pending, hold);
    LOG.atDebug()
        .addKeyValue("receiver", receiver)
        .addKeyValue("episode", pending.alert().episode())
        .addKeyValue("why", hold.label())
        .log("notification held back");
  }
}
