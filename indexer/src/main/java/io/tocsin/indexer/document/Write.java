package io.tocsin.indexer.document;

/** How a document goes into its index. */
public sealed interface Write {

  /** The record is one of many; sent again, it overwrites itself with the same. */
  record Once() implements Write {
    static final Once INSTANCE = new Once();
  }

  /**
   * The document shows the latest state of something; an older one never overwrites a newer one,
   * whatever order two requests are carried out in.
   *
   * @param version grows with time
   */
  record Latest(long version) implements Write {}

  /**
   * The something is gone.
   *
   * @param version as of {@link Latest}
   */
  record Remove(long version) implements Write {}
}
