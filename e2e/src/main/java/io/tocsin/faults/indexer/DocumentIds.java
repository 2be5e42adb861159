package io.tocsin.faults.indexer;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** A set of document ids, small for those that are numbered. Not thread-safe. */
final class DocumentIds {

  private static final String NUMBERED = "edge/api/1/";

  private final BitSet numbers = new BitSet();
  private final Set<String> others = new HashSet<>();

  void add(String id) {
    if (id.startsWith(NUMBERED)) {
      numbers.set(Integer.parseInt(id.substring(NUMBERED.length())));
    } else {
      others.add(id);
    }
  }

  boolean contains(String id) {
    return id.startsWith(NUMBERED)
        ? numbers.get(Integer.parseInt(id.substring(NUMBERED.length())))
        : others.contains(id);
  }

  long size() {
    return numbers.cardinality() + (long) others.size();
  }
}
