package io.tocsin.indexer.offset;

/** One record on its way. Settled once; settling it again, or too late, does nothing. */
public final class Ticket {

  private final PartitionProgress partition;
  private final long offset;
  private boolean settled;

  Ticket(PartitionProgress partition, long offset) {
    this.partition = partition;
    this.offset = offset;
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

  boolean settled() {
    return settled;
  }

  void markSettled() {
    settled = true;
  }
}
