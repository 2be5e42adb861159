package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a task's one store, under a prefix. One RocksDB instance a task keeps memory and open
 * files small; parts share it without meeting.
 */
final class StateView implements EngineStore {

  private final ShardStore store;
  private final byte[] prefix;

  StateView(ShardStore store, byte[] prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(full(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(full(key), () -> value);
  }

  @Override
  public Held hold(byte[] key, Supplier<byte[]> value) {
    return store.hold(full(key), value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(full(key));
  }

  @Override
  public void forEachPrefix(byte[] keyPrefix, BiConsumer<byte[], byte[]> each) {
    try (KeyValueIterator<Bytes, byte[]> found = store.prefixScan(full(keyPrefix).get())) {
      while (found.hasNext()) {
        var entry = found.next();
        byte[] key = entry.key.get();
        each.accept(Arrays.copyOfRange(key, prefix.length, key.length), entry.value);
      }
    }
  }

  private Bytes full(byte[] key) {
    byte[] whole = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, whole, prefix.length, key.length);
    return Bytes.wrap(whole);
  }
}
