package io.tocsin.indexer.offset;

/** One record on its way. Settled once; settling it again, or too late, does nothing. */
public final class Ticket {

  private final PartitionProgress partition;
  private final long offset;
  private final long appendedMillis;
  private final long takenNanos;
  private boolean settled;

  Ticket(PartitionProgress partition, long offset, long appendedMillis, long takenNanos) {
    this.partition = partition;
    this.offset = offset;
    this.appendedMillis = appendedMillis;
    this.takenNanos = takenNanos;
  }

  /**
   * The record needs no more care: it is indexed, or its dead letter is acknowledged. From any
   * thread.
   */
  public void settle() {
    partition.settle(this);
  }

  long offset() {
    return offset;
  }

  long appendedMillis() {
    return appendedMillis;
  }

  long takenNanos() {
    return takenNanos;
  }

  boolean settled() {
    return settled;
  }

  void markSettled() {
    settled = true;
  }
}
