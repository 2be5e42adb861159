package io.tocsin.indexer;

import java.util.ArrayList;
import java.util.List;

/** Records that go out together, in the order they were taken in. Not thread-safe. */
final class Batch {

  private final List<Entry> entries = new ArrayList<>();
  private final long startedNanos;
  private long bytes;

  /** Starts with its first record, for the linger counts from there. */
  Batch(long startedNanos) {
    this.startedNanos = startedNanos;
  }

  void add(Entry entry) {
    entries.add(entry);
    bytes += entry.prepared().weight();
  }

  List<Entry> entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  long startedNanos() {
    return startedNanos;
  }
}
