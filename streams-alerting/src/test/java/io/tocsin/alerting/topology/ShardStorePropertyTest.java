package io.tocsin.alerting.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.engine.EngineStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Whatever waits or was written, the store answers as a sorted map does. */
class ShardStorePropertyTest {

  private static final int STEPS = 300;
  private static final byte[] FIRST = {1, 0x7F, (byte) 0xFE};
  private static final byte[] REST = {0, 1, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};

  @Property(tries = 300, seed = "1")
  void answersLikeASortedMap(@ForAll long seed) {
    // Given
    Life life = new Life(seed);

    // When
    for (int step = 0; step < STEPS; step++) {
      life.step();
    }

    // Then
    life.flush();
    assertThat(life.stored()).isEqualTo(life.expected());
  }

  /** A store and what it ought to hold. */
  private static final class Life {
    private final SplittableRandom random;
    private final KeyValueStore<Bytes, byte[]> inner =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("test"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final ShardStore store = new ShardStore(inner);
    private final TreeMap<Bytes, String> model = new TreeMap<>();

    /** Entries that somebody holds, with what each would say now. */
    private final Map<Bytes, EngineStore.Held> held = new HashMap<>();

    private final Map<Bytes, String> says = new HashMap<>();

    Life(long seed) {
      random = new SplittableRandom(seed);
      store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> put(key());
        case 3, 4 -> change(key());
        case 5 -> delete(key());
        case 6, 7 -> get(key());
        case 8 -> scan(Arrays.copyOf(key().get(), random.nextInt(5)));
        default -> flush();
      }
    }

    private void get(Bytes key) {
      assertThat(asText(store.get(key))).isEqualTo(model.get(key));
    }

    private void put(Bytes key) {
      String value = "put " + random.nextInt(1000);
      held.remove(key); // an entry has one owner
      store.put(key, () -> value.getBytes(UTF_8));
      model.put(key, value);
    }

    private void change(Bytes key) {
      says.put(key, "held " + random.nextInt(1000));
      held.computeIfAbsent(key, k -> store.hold(k, () -> says.get(k).getBytes(UTF_8))).changed();
      model.put(key, says.get(key));
    }

    private void delete(Bytes key) {
      store.delete(key);
      model.remove(key);
    }

    private void scan(byte[] prefix) {
      List<String> expected = new ArrayList<>();
      model.forEach(
          (key, value) -> {
            if (startsWith(key.get(), prefix)) {
              expected.add(key + "=" + value);
            }
          });
      assertThat(found(prefix)).isEqualTo(expected);
    }

    void flush() {
      store.flushCache();
    }

    List<String> expected() {
      return model.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    List<String> stored() {
      List<String> entries = new ArrayList<>();
      try (var all = inner.all()) {
        all.forEachRemaining(each -> entries.add(each.key + "=" + asText(each.value)));
      }
      return entries;
    }

    private List<String> found(byte[] prefix) {
      List<String> entries = new ArrayList<>();
      try (var all = store.prefixScan(prefix)) {
        all.forEachRemaining(each -> entries.add(each.key + "=" + asText(each.value)));
      }
      return entries;
    }

    private Bytes key() {
      byte[] key = new byte[4];
      key[0] = FIRST[random.nextInt(FIRST.length)];
      for (int i = 1; i < key.length; i++) {
        key[i] = REST[random.nextInt(REST.length)];
      }
      return Bytes.wrap(key);
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static String asText(byte[] value) {
    return value == null ? null : new String(value, UTF_8);
  }
}
