package io.tocsin.alerting.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store in a sorted map. */
final class MemoryStore implements EngineStore {

  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(key);
  }

  @Override
  public void forEachPrefix(byte[] prefix, BiConsumer<byte[], byte[]> each) {
    for (Map.Entry<byte[], byte[]> entry : entries.tailMap(prefix, true).entrySet()) {
      if (!startsWith(entry.getKey(), prefix)) {
        return;
      }
      each.accept(entry.getKey(), entry.getValue());
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
