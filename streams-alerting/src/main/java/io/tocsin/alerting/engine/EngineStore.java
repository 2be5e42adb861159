package io.tocsin.alerting.engine;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine keeps its memory: bytes under keys that sort as unsigned bytes. Used by the one
 * thread that drives its engine. In production a Kafka Streams state store stands behind it.
 */
public interface EngineStore {

  /** The value under a key; null when there is none. */
  byte @Nullable [] get(byte[] key);

  /** Sets the value under a key. */
  void put(byte[] key, byte[] value);

  /**
   * An entry whose value the caller holds: for what changes often and is costly to write. It is put
   * with the first change.
   *
   * @param value gives the value as it is when asked: at a change or later, but before anybody else
   *     sees the entry
   */
  default Held hold(byte[] key, Supplier<byte[]> value) {
    return () -> put(key, value.get());
  }

  /** A value that is held outside the store. */
  @FunctionalInterface
  interface Held {
    /** Says that it is another one now. */
    void changed();
  }

  /** Removes a key, if it is there. */
  void delete(byte[] key);

  /**
   * Visits all entries whose key starts with {@code prefix}, in the order of keys. The store is not
   * changed meanwhile.
   */
  void forEachPrefix(byte[] prefix, BiConsumer<byte[], byte[]> each);

  /** A store in memory, for tests and back-tests. */
  static EngineStore inMemory() {
    return new MemoryStore();
  }
}
