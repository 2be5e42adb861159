package io.tocsin.cli.deadletters;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Offsets, wherever they begin; about a bit each where they lie close together. */
final class OffsetSet {

  private static final int CHUNK_BITS = 12;

  private final Map<Long, BitSet> chunks = new HashMap<>();

  /** Whether it was not in it. */
  boolean add(long offset) {
    BitSet chunk = chunks.computeIfAbsent(offset >> CHUNK_BITS, c -> new BitSet());
    int bit = (int) (offset & ((1 << CHUNK_BITS) - 1));
    boolean fresh = !chunk.get(bit);
    chunk.set(bit);
    return fresh;
  }

  boolean contains(long offset) {
    BitSet chunk = chunks.get(offset >> CHUNK_BITS);
    return chunk != null && chunk.get((int) (offset & ((1 << CHUNK_BITS) - 1)));
  }
}
