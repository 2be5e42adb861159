package io.tocsin.indexer.lifecycle;

import java.time.Instant;

/** What is to be done with one index, or with the templates. */
public sealed interface LifecycleStep {

  /** For people, such as {@code delete tocsin-logs-2026.10.01, last written 2026-10-02}. */
  String text();

  /** Its last write is noted. */
  record Note(String index, long writes, Instant lastWrite) implements LifecycleStep {
    @Override
    public String text() {
      return "note the last write of " + index;
    }
  }

  /** It is closed for a moment, given the better codec and opened, then merged. */
  record Compress(String index, long writes) implements LifecycleStep {
    @Override
    public String text() {
      return "compress and merge " + index;
    }
  }

  /** It was compressed before, was written to since, and rests again. */
  record Merge(String index, long writes) implements LifecycleStep {
    @Override
    public String text() {
      return "merge " + index;
    }
  }

  /** It is copied to the repository. */
  record Snapshot(String index, String repository, String snapshot) implements LifecycleStep {
    @Override
    public String text() {
      return "copy " + index + " to " + repository + "/" + snapshot;
    }
  }

  /** It goes. */
  record Delete(String index, long writes, Instant lastWrite) implements LifecycleStep {
    @Override
    public String text() {
      return "delete " + index + ", last written " + lastWrite;
    }
  }

  /** The days to come get so many shards. */
  record Shards(String family, int from, int to) implements LifecycleStep {
    @Override
    public String text() {
      return "give new " + family + " indices " + to + " shards instead of " + from;
    }
  }
}
