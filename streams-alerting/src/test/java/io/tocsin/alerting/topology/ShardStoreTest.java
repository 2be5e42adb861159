package io.tocsin.alerting.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardStoreTest {

  private static final Bytes KEY = Bytes.wrap(new byte[] {1, 2});

  private final KeyValueStore<Bytes, byte[]> inner =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("test"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final ShardStore store = new ShardStore(inner);
  private final AtomicInteger value = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsPutOftenIsMadeOnceAtTheCommit() {
    // Given
    for (int i = 1; i <= 100; i++) {
      value.set(i);
      store.put(KEY, this::promised);
    }
    int before = made.get();

    // When
    store.flushCache();

    // Then
    assertThat(before).isZero();
    assertThat(made).hasValue(1);
    assertThat(inner.get(KEY)).containsExactly(100);
  }

  @Test
  void whatIsPutIsThereAtOnce() {
    // When
    value.set(7);
    store.put(KEY, this::promised);

    // Then
    assertThat(store.get(KEY)).containsExactly(7);
    assertThat(under(1)).containsExactly(KEY);
  }

  @Test
  void whatIsDeletedDoesNotComeBackAtTheCommit() {
    // Given
    store.put(KEY, this::promised);

    // When
    store.delete(KEY);
    store.flushCache();

    // Then
    assertThat(store.get(KEY)).isNull();
    assertThat(inner.get(KEY)).isNull();
  }

  @Test
  void whatWaitsIsForgottenWithItsTransaction() {
    // Given
    store.put(KEY, this::promised);

    // When
    store.clearCache();
    store.flushCache();

    // Then
    assertThat(inner.get(KEY)).isNull();
  }

  @Test
  void whatWaitsIsBounded() {
    // When
    for (int i = 0; i <= 20_000; i++) {
      store.put(Bytes.wrap(Integer.toString(i).getBytes(UTF_8)), this::promised);
    }

    // Then
    assertThat(made).hasValue(20_001);
  }

  private byte[] promised() {
    made.incrementAndGet();
    return new byte[] {(byte) value.get()};
  }

  private List<Bytes> under(int prefix) {
    List<Bytes> keys = new ArrayList<>();
    try (var found = store.prefixScan(new byte[] {(byte) prefix})) {
      found.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}
