package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is still to be told of one episode, and the records it is made of. A resolve that
 * comes while the firing waits joins it: the receiver then hears of both at once.
 */
final class Pending {

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(2);
  private final long sequence;
  private Alert alert;
  private Kind kind;
  private final @Nullable String reference;
  private Instant dueAt;
  private @Nullable Instant firstTriedAt;
  private final Instant firedAt;
  private boolean maybeTold;
  private int failures;

  Pending(
      long sequence,
      ConsumerRecord<byte[], byte[]> record,
      Alert alert,
      @Nullable Delivery before,
      Instant now) {
    this.sequence = sequence;
    this.records.add(record);
    this.alert = alert;
    this.dueAt = now;
    boolean opened = before != null && before.opened();
    this.kind = alert.status() == Status.FIRING ? Kind.FIRING : opened ? Kind.RESOLVED : Kind.BRIEF;
    this.reference = before == null ? null : before.reference();
    this.firedAt = alert.status() == Status.FIRING ? alert.at() : alert.startsAt();
    this.maybeTold = before != null;
    if (before != null && before.status() == alert.status()) {
      this.firstTriedAt = before.firstTriedAt();
    }
  }

  /** Takes in a later record of the same episode. */
  void join(ConsumerRecord<byte[], byte[]> record, Alert later, Instant now) {
    records.add(record);
    if (kind == Kind.FIRING && later.status() == Status.RESOLVED) {
      alert = later;
      kind = Kind.BRIEF;
      dueAt = now;
      firstTriedAt = null;
      failures = 0;
    }
  }

  Notification notification() {
    return new Notification(kind, alert, reference);
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

  /** False when the receiver surely knows nothing of the episode. */
  boolean mayHaveBeenTold() {
    return maybeTold;
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

  List<ConsumerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** The log's entry for what has come of it. */
  Delivery delivery(
      String receiver,
      Delivery.State state,
      Instant now,
      @Nullable String reason,
      @Nullable String newReference) {
    boolean opened =
        kind == Kind.RESOLVED || (kind == Kind.FIRING && state == Delivery.State.DELIVERED);
    return new Delivery(
        alert.episode(),
        receiver,
        alert.status(),
        state,
        opened,
        now,
        firstTriedAt == null ? now : firstTriedAt,
        reason,
        newReference == null ? reference : newReference);
  }
}
