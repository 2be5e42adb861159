package io.tocsin.indexer.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An index as the cluster has it.
 *
 * @param name its name
 * @param closed whether it is closed
 * @param compressed whether its codec is {@code best_compression}
 * @param writes the sum of its shards' sequence numbers: it changes with each write; -1 if unknown
 * @param bytes of its primaries
 * @param primaries how many shards it has
 * @param notes what an earlier look has left on it
 */
record IndexState(
    String name,
    boolean closed,
    boolean compressed,
    long writes,
    long bytes,
    int primaries,
    Notes notes) {

  /**
   * What the lifecycle writes down in the index's own mapping, under {@code _meta}: it goes where
   * the index goes, and any instance can take over.
   *
   * @param writes as they were when last looked at; -1 before the first look
   * @param since when that number of writes was first seen
   * @param merged the number of writes when it was last merged; -1 if never
   * @param closing whether it was closed for compression, so that it may be opened again
   */
  record Notes(long writes, @Nullable Instant since, long merged, boolean closing) {

    static final Notes NONE = new Notes(-1, null, -1, false);
  }

  /** When it was last written to, as far as was seen; {@code now} when that is news. */
  Instant lastWrite(Instant now) {
    Instant since = notes.since();
    return since == null || notes.writes() != writes ? now : since;
  }
}
