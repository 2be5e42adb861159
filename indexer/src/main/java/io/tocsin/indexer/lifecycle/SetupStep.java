package io.tocsin.indexer.lifecycle;

/** What {@link IndexSetup} would do about one template. */
public sealed interface SetupStep {

  /** For people: {@code index template tocsin-logs}. */
  String what();

  /** It is not there. */
  record Create(String what, Template template) implements SetupStep {}

  /** It is there in another form. */
  record Update(String what, Template template) implements SetupStep {}

  /** It is as it should be. */
  record Keep(String what) implements SetupStep {}

  /** A newer Tocsin left a newer one, which an older Tocsin does not take back. */
  record KeepNewer(String what, long version) implements SetupStep {}
}
