package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Delivery.State;
import io.tocsin.notifier.pipeline.Outcome.Delivered;
import io.tocsin.notifier.pipeline.Outcome.Opened;
import io.tocsin.notifier.pipeline.Outcome.Rejected;
import io.tocsin.notifier.pipeline.Outcome.Retriable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last stages of a lane: tells the receiver what is due when its gate is open, and does what
 * the outcome asks for. A notification leaves the backlog only when the delivery log has it. In a
 * storm, or of a group, what is due is told in one summary, and each episode of it is recorded as
 * if alone.
 */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Receiver receiver;
  private final Gate gate;
  private final Storm storm;
  private final Grouping grouping;
  private final Backoff backoff;
  private final Duration giveUpAfter;
  private final Backlog backlog;
  private final Deliveries deliveries;
  private final GiveUps giveUps;
  private final NotifierMetrics metrics;
  private final Clock clock;

  Attempts(
      Receiver receiver,
      Gate gate,
      Storm storm,
      Grouping grouping,
      Backoff backoff,
      Duration giveUpAfter,
      Backlog backlog,
      Deliveries deliveries,
      GiveUps giveUps,
      NotifierMetrics metrics,
      Clock clock) {
    this.receiver = receiver;
    this.gate = gate;
    this.storm = storm;
    this.grouping = grouping;
    this.backoff = backoff;
    this.giveUpAfter = giveUpAfter;
    this.backlog = backlog;
    this.deliveries = deliveries;
    this.giveUps = giveUps;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** When the next attempt can be made; {@link Instant#MAX} when nothing waits. */
  Instant nextAt() {
    Instant open = latest(backlog.firstDueAt(), gate.opensAt());
    return isStormy() ? latest(open, storm.opensAt()) : open;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private boolean isStormy() {
    return receiver instanceof SummaryReceiver && storm.rages(clock.instant(), backlog.size());
  }

  /** Makes one attempt, if one can be made. Returns what was settled by it. */
  List<Pending> attempt() throws InterruptedException {
    Instant now = clock.instant();
    if (backlog.size() == 0 || nextAt().isAfter(now)) {
      return List.of();
    }
    boolean stormy = isStormy();
    List<Pending> due = backlog.due(now);
    List<Pending> batch = stormy ? due : grouping.together(due.getFirst(), due);
    for (Pending pending : batch) {
      announce(pending, now);
      pending.tried(now);
    }
    gate.pass(now);
    Outcome outcome = deliver(batch, stormy ? "" : grouping.name(batch.getFirst()));
    metrics.attempted(receiver.name(), outcome, Duration.between(now, clock.instant()));
    return switch (outcome) {
      case Delivered delivered -> delivered(batch, delivered, stormy);
      case Opened _ -> opened(batch);
      case Rejected rejected -> {
        answered();
        giveUp(batch, State.REJECTED, rejected.reason(), rejected.detail());
        yield batch;
      }
      case Retriable retriable -> failed(batch, retriable);
    };
  }

  /**
   * Says in the log beforehand what a crash must not make forgotten. A brief one is made of two
   * records, which may be read apart after it: the firing must not be told then, after its own end.
   * And of what may come to be withheld it must stay known that the receiver may have been told.
   */
  private void announce(Pending pending, Instant now) throws InterruptedException {
    boolean brief = pending.kind() == Notification.Kind.BRIEF;
    if (pending.isUntried() && (brief || pending.mayComeToBeWithheld())) {
      deliveries.record(pending.delivery(receiver.name(), State.RETRYING, now, null, null));
    }
  }

  private Outcome deliver(List<Pending> batch, String group) throws InterruptedException {
    try {
      if (batch.size() > 1 && receiver instanceof SummaryReceiver reader) {
        metrics.summedUp(receiver.name(), batch.size());
        return reader.deliver(
            new Summary(batch.stream().map(Pending::notification).toList(), group));
      }
      return receiver.deliver(batch.getFirst().notification());
    } catch (RuntimeException e) {
      // A defect that one alert brings out must not keep the others from being told. The text of
      // the exception is left out: it may quote what the receiver was configured with.
      LOG.atError()
          .addKeyValue("receiver", receiver.name())
          .addKeyValue("episode", batch.getFirst().alert().episode())
          .addKeyValue("exception", e.getClass().getName())
          .addKeyValue("where", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
          .log("receiver is defective");
      return new Rejected(Reason.NOT_RENDERED, e.getClass().getSimpleName());
    }
  }

  private List<Pending> delivered(List<Pending> batch, Delivered delivered, boolean stormy)
      throws InterruptedException {
    answered();
    storm.told(clock.instant(), batch.size(), stormy);
    for (Pending pending : batch) {
      deliveries.record(
          pending.delivery(
              receiver.name(), State.DELIVERED, clock.instant(), null, delivered.reference()));
      backlog.remove(pending);
      grouping.told(pending, clock.instant());
      if (!pending.isFollowUp()) {
        metrics.told(receiver.name(), sinceAppended(pending));
      }
    }
    return batch;
  }

  /** The log knows each step, so whoever comes after a crash goes on with the second. */
  private List<Pending> opened(List<Pending> batch) throws InterruptedException {
    answered();
    for (Pending pending : batch) {
      pending.opened();
      deliveries.record(
          pending.delivery(receiver.name(), State.RETRYING, clock.instant(), null, null));
    }
    return List.of();
  }

  private Duration sinceAppended(Pending pending) {
    long appended = pending.records().getLast().timestamp();
    return Duration.between(Instant.ofEpochMilli(appended), clock.instant());
  }

  private List<Pending> failed(List<Pending> batch, Retriable outcome) throws InterruptedException {
    if (!gate.isDown()) {
      LOG.atWarn()
          .addKeyValue("receiver", receiver.name())
          .addKeyValue("reason", outcome.label())
          .addKeyValue("waiting", backlog.size())
          .log("receiver fails, retrying");
    }
    Instant now = clock.instant();
    gate.failed(now, outcome.retryAfter());
    List<Pending> expired = new ArrayList<>();
    for (Pending pending : batch) {
      if (!now.isBefore(pending.firstTriedAt(now).plus(giveUpAfter))) {
        expired.add(pending);
      } else {
        retryLater(pending, outcome, now, batch.size() == 1);
      }
    }
    if (!expired.isEmpty()) {
      giveUp(expired, State.EXPIRED, Reason.EXPIRED, "at last: " + outcome.label());
    }
    return expired;
  }

  private void retryLater(Pending pending, Retriable outcome, Instant now, boolean alone)
      throws InterruptedException {
    metrics.retried(receiver.name());
    int failures = pending.failed();
    if (alone && mayBeTheMessage(outcome.reason())) {
      backlog.change(pending, () -> pending.dueAt(now.plus(backoff.after(failures))));
    }
    if (failures == 1 && !pending.isFollowUp()) {
      // Keeps the day counted over restarts.
      deliveries.record(
          pending.delivery(receiver.name(), State.RETRYING, now, outcome.label(), null));
    }
  }

  /**
   * Whether a failure may be this message's own; it then lets others go first. Where it cannot be,
   * the message keeps its place.
   */
  private static boolean mayBeTheMessage(Reason reason) {
    return reason != Reason.CONNECTION && reason != Reason.RATE_LIMITED;
  }

  private void giveUp(List<Pending> all, State state, Reason reason, String detail)
      throws InterruptedException {
    giveUps.giveUp(all, state, reason, detail);
    all.forEach(backlog::remove);
  }

  private void answered() {
    if (gate.isDown()) {
      LOG.atInfo().addKeyValue("receiver", receiver.name()).log("receiver is back");
    }
    gate.answered();
  }
}
