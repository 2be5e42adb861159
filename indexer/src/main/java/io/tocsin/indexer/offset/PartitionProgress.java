package io.tocsin.indexer.offset;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * One partition during one assignment. A partition that comes back after a rebalance gets a new
 * one, so what is settled late for the old assignment moves nothing. Thread-safe.
 */
final class PartitionProgress {

  /** In offset order; bounded by the indexer's bound on bytes in flight. */
  private final ArrayDeque<Ticket> open = new ArrayDeque<>();

  /** Everything before it is read; past the last record there may be transaction markers. */
  private long read = -1;

  private long settledTo = -1;

  /** When the last record that was read had been appended. */
  private long appendedMillis;

  synchronized Ticket open(long offset, long appended, long takenNanos) {
    if (offset < read) {
      throw new IllegalArgumentException("offset " + offset + " comes after " + read);
    }
    Ticket ticket = new Ticket(this, offset, appended, takenNanos);
    appendedMillis = appended;
    open.addLast(ticket);
    read = offset + 1;
    return ticket;
  }

  synchronized void readTo(long position) {
    read = Math.max(read, position);
    advance();
  }

  synchronized void settle(Ticket ticket) {
    ticket.markSettled();
    if (open.peekFirst() == ticket) {
      advance();
    }
  }

  private void advance() {
    for (Ticket first = open.peekFirst();
        first != null && first.settled();
        first = open.peekFirst()) {
      settledTo = first.offset() + 1;
      open.removeFirst();
    }
    if (open.isEmpty()) {
      settledTo = read;
    }
  }

  /** The offset to commit: the first that is not settled; empty before anything was read. */
  synchronized OptionalLong settledTo() {
    return settledTo < 0 ? OptionalLong.empty() : OptionalLong.of(settledTo);
  }

  synchronized int outstanding() {
    return open.size();
  }

  /**
   * What is left of the partition.
   *
   * @param unread records that the consumer has not read yet
   */
  synchronized Backlog backlog(long unread) {
    Ticket oldest = open.peekFirst();
    if (oldest != null) {
      return new Backlog(
          unread + open.size(), oldest.appendedMillis(), OptionalLong.of(oldest.takenNanos()));
    }
    // The first unread record is no older than the last that was read.
    return unread == 0
        ? Backlog.NONE
        : new Backlog(unread, appendedMillis == 0 ? Long.MAX_VALUE : appendedMillis);
  }
}
