package io.tocsin.indexer.lifecycle;

/** Told how far a long step is, twice a second at most. */
@FunctionalInterface
public interface Progress {

  /** {@code done} of {@code total}; a total of 0 is not known. */
  void at(String what, long done, long total);
}
