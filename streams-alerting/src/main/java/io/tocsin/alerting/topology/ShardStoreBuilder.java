package io.tocsin.alerting.topology;

import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a {@link ShardStore} around what another builder builds, under the same name. */
final class ShardStoreBuilder implements StoreBuilder<ShardStore> {

  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

  ShardStoreBuilder(StoreBuilder<KeyValueStore<Bytes, byte[]>> inner) {
    this.inner = inner;
  }

  @Override
  public ShardStore build() {
    return new ShardStore(inner.build());
  }

  @Override
  public StoreBuilder<ShardStore> withCachingEnabled() {
    return new ShardStoreBuilder(inner.withCachingEnabled());
  }

  @Override
  public StoreBuilder<ShardStore> withCachingDisabled() {
    return new ShardStoreBuilder(inner.withCachingDisabled());
  }

  @Override
  public StoreBuilder<ShardStore> withLoggingEnabled(Map<String, String> config) {
    return new ShardStoreBuilder(inner.withLoggingEnabled(config));
  }

  @Override
  public StoreBuilder<ShardStore> withLoggingDisabled() {
    return new ShardStoreBuilder(inner.withLoggingDisabled());
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
