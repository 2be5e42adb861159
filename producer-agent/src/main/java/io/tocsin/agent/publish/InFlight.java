package io.tocsin.agent.publish;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.jspecify.annotations.Nullable;

/** A record between its lane and the broker's acknowledgement. Its own callback. */
final class InFlight implements Callback {

  /** What a record costs in memory beside its bytes, roughly. */
  private static final int OVERHEAD = 128;

  private final Lane lane;
  private final String topic;
  private final byte[] key;
  private final byte[] value;

  /** Kept, so that to settle a record its bytes need not be looked at. */
  private final int cost;

  /** Where the lane's owner would go on after this record. Guarded by the lane. */
  private long resume;

  /** Guarded by the lane. */
  private boolean settled;

  /** Why the broker will never take it; null while it may. */
  private volatile @Nullable Exception refusal;

  private int pieceBytes;

  InFlight(Lane lane, String topic, byte[] key, byte[] value, long resume) {
    this.lane = lane;
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.cost = cost(key, value);
    this.resume = resume;
  }

  static int cost(byte[] key, byte[] value) {
    return key.length + value.length + OVERHEAD;
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    lane.completed(this, exception);
  }

  String topic() {
    return topic;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  int cost() {
    return cost;
  }

  long resume() {
    return resume;
  }

  void resume(long position) {
    resume = position;
  }

  boolean isSettled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  Lane lane() {
    return lane;
  }

  /** Whether the broker will never take it: it is for the dead letters. */
  boolean isRefused() {
    return refusal != null;
  }

  void refuse(Exception why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** Why it was refused, as a key to count by. */
  String reason() {
    return refusal instanceof InvalidRecordException ? "refused" : "too_large";
  }

  String detail() {
    Exception why = refusal;
    return why == null ? "" : String.valueOf(why.getMessage());
  }

  /** The size of the pieces its dead letter goes in; 0 while none was too large. */
  synchronized int pieceBytes() {
    return pieceBytes;
  }

  /** Makes the pieces smaller; false when they are already. */
  synchronized boolean shrinkPieces(int bytes) {
    boolean larger = pieceBytes != bytes;
    pieceBytes = bytes;
    return larger;
  }
}
