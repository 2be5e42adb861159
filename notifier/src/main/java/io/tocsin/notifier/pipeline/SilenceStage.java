package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silences;
import io.tocsin.notifier.pipeline.Delivery.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage before the attempts: holds back what is silenced until it no longer is. Not
 * thread-safe.
 *
 * <ul>
 *   <li>A firing waits while it is silenced, and is told when it still fires after that.
 *   <li>A resolve of what the receiver was told, or may have been told by a call that failed or was
 *       cut off, is never held back: it would leave an incident open elsewhere. Nor is it held back
 *       who takes care of what was told.
 *   <li>What fired and resolved within silences, by the times of its transitions, is told to
 *       nobody, even when it is read after the silence. What was partly outside of them is told
 *       when they are over.
 * </ul>
 */
final class SilenceStage {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceStage.class);

  private final String receiver;
  private final Supplier<Silences> current;
  private final Backlog backlog;
  private final Deliveries deliveries;
  private final NotifierMetrics metrics;
  private Silences judgedBy = Silences.NONE;
  private Instant nextAt = Instant.MAX;
  private boolean awaitsRest;

  SilenceStage(
      String receiver,
      Supplier<Silences> current,
      Backlog backlog,
      Deliveries deliveries,
      NotifierMetrics metrics) {
    this.receiver = receiver;
    this.current = current;
    this.backlog = backlog;
    this.deliveries = deliveries;
    this.metrics = metrics;
  }

  /** When something that is held may no longer be silenced; {@link Instant#MAX} for never. */
  Instant nextAt() {
    return backlog.held() == 0 ? Instant.MAX : nextAt;
  }

  /**
   * Puts aside what is due and silenced, and brings back what no longer is.
   *
   * @param caughtUp whether everything on the topic was read: until then a firing that was silenced
   *     when it fired may have resolved meanwhile
   * @return what nobody is to be told of, and is recorded so
   */
  List<Pending> pass(Instant now, boolean caughtUp) throws InterruptedException {
    Silences silences = current.get();
    if (silences != judgedBy || !nextAt.isAfter(now) || (awaitsRest && caughtUp)) {
      backlog.releaseAll();
      judgedBy = silences;
      nextAt = Instant.MAX;
      awaitsRest = false;
    }
    if (silences == Silences.NONE) {
      return List.of();
    }
    List<Pending> settled = new ArrayList<>();
    for (Pending pending : backlog.due(now)) {
      if (isOver(pending)) {
        deliveries.record(pending.delivery(receiver, State.SILENCED, now, "silenced", null));
        backlog.remove(pending);
        metrics.hushed(receiver);
        settled.add(pending);
      } else {
        holdIfSilenced(pending, now, caughtUp);
      }
    }
    return settled;
  }

  /** Whether it fired and resolved within silences and its receiver surely knows nothing of it. */
  private boolean isOver(Pending pending) {
    return pending.notification().kind() == Notification.Kind.BRIEF
        && !pending.mayHaveBeenTold()
        && judgedBy.cover(pending.alert(), pending.firedAt(), pending.alert().at());
  }

  private void holdIfSilenced(Pending pending, Instant now, boolean caughtUp) {
    Notification.Kind kind = pending.notification().kind();
    boolean ends = kind == Notification.Kind.BRIEF && pending.mayHaveBeenTold();
    if (kind == Notification.Kind.RESOLVED || kind == Notification.Kind.ACKNOWLEDGED || ends) {
      return;
    }
    Alert alert = pending.alert();
    Optional<Silence> silence = judgedBy.silencing(alert, now);
    if (silence.isPresent()) {
      Instant end = silence.get().nextEndingAfter(now).orElseThrow().end();
      nextAt = end.isBefore(nextAt) ? end : nextAt;
      hold(pending, silence.get());
    } else if (kind == Notification.Kind.FIRING && !caughtUp) {
      judgedBy
          .silencing(alert, alert.at())
          .ifPresent(
              over -> {
                awaitsRest = true;
                hold(pending, over);
              });
    }
  }

  private void hold(Pending pending, Silence silence) {
    pending.putAside();
    backlog.hold(pending);
    LOG.atDebug()
        .addKeyValue("receiver", receiver)
        .addKeyValue("episode", pending.alert().episode())
        .addKeyValue("silence", silence.id())
        .log("notification held back");
  }
}
