package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.inhibit.Inhibition;
import io.tocsin.notifier.pipeline.Delivery.State;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.route.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is still to be told of one episode, and the records it is made of. A resolve that
 * comes while the firing waits joins it: the receiver then hears of both at once. What follows on a
 * firing that was told is made of no record, and gives way to a resolve.
 */
final class Pending {

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(2);
  private final long sequence;
  private final int partition;
  private Alert alert;
  private Kind kind;
  private final @Nullable Acknowledgement acknowledgement;
  private final @Nullable Delivery before;
  private final Lead lead;
  private Instant dueAt;
  private @Nullable Instant firstTriedAt;
  private final Instant firedAt;
  private boolean maybeTold;
  private int failures;

  /** Of a transition that was read. */
  Pending(
      long sequence,
      ConsumerRecord<byte[], byte[]> record,
      Alert alert,
      Lead lead,
      @Nullable Delivery before,
      Instant now) {
    this(sequence, record.partition(), kind(alert, before), alert, lead, before, null, now);
    this.records.add(record);
    if (before != null && before.status() == alert.status()) {
      this.firstTriedAt = before.firstTriedAt();
    }
  }

  private Pending(
      long sequence,
      int partition,
      Kind kind,
      Alert alert,
      Lead lead,
      @Nullable Delivery before,
      @Nullable Acknowledgement acknowledgement,
      Instant now) {
    this.sequence = sequence;
    this.partition = partition;
    this.kind = kind;
    this.alert = alert;
    this.lead = lead;
    this.before = before;
    this.acknowledgement = acknowledgement;
    this.dueAt = now;
    this.firedAt = alert.status() == Status.FIRING ? alert.at() : alert.startsAt();
    this.maybeTold = before != null;
  }

  /** Somebody takes care of an episode that the receiver was told of. */
  static Pending acknowledged(
      long sequence, Delivery open, Acknowledgement acknowledgement, Instant now) {
    return follow(sequence, Kind.ACKNOWLEDGED, open, Lead.PLAIN, acknowledgement, now);
  }

  /** An episode that the receiver was told of still fires. */
  static Pending repeated(long sequence, Delivery open, Lead lead, Instant now) {
    return follow(sequence, Kind.REPEATED, open, lead, null, now);
  }

  private static Pending follow(
      long sequence,
      Kind kind,
      Delivery open,
      Lead lead,
      @Nullable Acknowledgement acknowledgement,
      Instant now) {
    Told told = Objects.requireNonNull(open.told());
    return new Pending(
        sequence, told.partition(), kind, told.alert(), lead, open, acknowledgement, now);
  }

  private static Kind kind(Alert alert, @Nullable Delivery before) {
    boolean opened = before != null && before.opened();
    return alert.status() == Status.FIRING ? Kind.FIRING : opened ? Kind.RESOLVED : Kind.BRIEF;
  }

  /** Takes in a later record of the same episode. */
  void join(ConsumerRecord<byte[], byte[]> record, Alert later, Instant now) {
    records.add(record);
    if (kind.goesOn() && later.status() == Status.RESOLVED) {
      alert = later;
      kind = kind == Kind.FIRING ? Kind.BRIEF : Kind.RESOLVED;
      dueAt = now;
      firstTriedAt = null;
      failures = 0;
    }
  }

  /** The receiver knows now that it fired; what is left is that it is over. */
  void opened() {
    kind = Kind.RESOLVED;
  }

  Kind kind() {
    return kind;
  }

  /** Whether it is told of what was told, and not of a transition. */
  boolean isFollowUp() {
    return kind == Kind.ACKNOWLEDGED || kind == Kind.REPEATED;
  }

  Notification notification() {
    String reference = before == null ? null : before.reference();
    return switch (kind) {
      case ACKNOWLEDGED ->
          Notification.acknowledged(alert, reference, Objects.requireNonNull(acknowledgement));
      case REPEATED ->
          Notification.repeated(alert, reference, Objects.requireNonNull(told()).repetitions() + 1);
      case RESOLVED -> Notification.resolved(alert, reference, careTaken());
      case FIRING, BRIEF -> new Notification(kind, alert, reference);
    };
  }

  /** Who took care, as the receiver was told; its comment was told then. */
  private @Nullable Acknowledgement careTaken() {
    Told told = told();
    return told == null || told.careOf() == null
        ? null
        : new Acknowledgement(alert.episode(), told.careOf(), "", told.at());
  }

  private @Nullable Told told() {
    return before == null ? null : before.told();
  }

  /** True until the first attempt, of this process or one before it. */
  boolean isUntried() {
    return firstTriedAt == null;
  }

  /** An attempt begins. */
  void tried(Instant now) {
    maybeTold = true;
    if (firstTriedAt == null) {
      firstTriedAt = now;
    }
  }

  /** When the first attempt began; {@code now} before there was one. */
  Instant firstTriedAt(Instant now) {
    return firstTriedAt == null ? now : firstTriedAt;
  }

  /** It is held back for a while, which does not count as time that it was tried. */
  void putAside() {
    firstTriedAt = null;
    failures = 0;
  }

  /** Whether nothing is lost at the receiver when it is not told of it now, or not at all. */
  boolean mayBeWithheld() {
    return switch (kind) {
      case FIRING, REPEATED -> true;
      case BRIEF -> !maybeTold;
      case ACKNOWLEDGED, RESOLVED -> false;
    };
  }

  /** Whether its end might be withheld though it was told, were it not known that it was. */
  boolean mayComeToBeWithheld() {
    return kind == Kind.FIRING && (lead.escalates() || !Inhibition.rulesOver(alert).isEmpty());
  }

  /** How the receiver comes to be told. */
  Lead lead() {
    return lead;
  }

  /** When the engine said that it fires; its event time where only the resolve is known. */
  Instant firedAt() {
    return firedAt;
  }

  /** Counts a failure; tells how many there were. */
  int failed() {
    return ++failures;
  }

  void dueAt(Instant due) {
    dueAt = due;
  }

  Instant dueAt() {
    return dueAt;
  }

  /** Breaks ties between what is due at the same time: first come, first served. */
  long sequence() {
    return sequence;
  }

  Alert alert() {
    return alert;
  }

  @Nullable Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  /** Those read; none for what follows on a firing. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** The partition of alerts that it comes from. */
  int partition() {
    return partition;
  }

  /** The log's entry for what has come of it. */
  Delivery delivery(
      String receiver,
      State state,
      Instant now,
      @Nullable String reason,
      @Nullable String newReference) {
    boolean opened =
        kind == Kind.RESOLVED || isFollowUp() || (kind == Kind.FIRING && state == State.DELIVERED);
    String old = before == null ? null : before.reference();
    return new Delivery(
        alert.episode(),
        receiver,
        alert.status(),
        // Whatever came of a follow-up: of the firing itself the receiver was told.
        isFollowUp() ? State.DELIVERED : state,
        opened,
        now,
        firstTriedAt == null ? now : firstTriedAt,
        reason,
        newReference == null ? old : newReference,
        told(opened, now));
  }

  private @Nullable Told told(boolean opened, Instant now) {
    return switch (kind) {
      case FIRING -> opened ? new Told(alert, partition, now, 0, null) : null;
      case ACKNOWLEDGED ->
          Objects.requireNonNull(told()).with(Objects.requireNonNull(acknowledgement));
      case REPEATED -> Objects.requireNonNull(told()).again(now);
      case RESOLVED, BRIEF -> null;
    };
  }
}
