package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A task's store. What is put waits as a promise until Kafka Streams commits, and only then is made
 * into bytes: a busy group changes with every record, and is written once a commit. To readers it
 * is there at once.
 *
 * <p>{@link CachedStateStore} is internal to Kafka Streams and the only way to be told that a
 * commit begins; {@link #flushCache} is called before the producer is flushed and offsets are
 * committed. Used by the task's thread alone.
 */
final class ShardStore implements StateStore, CachedStateStore<byte[], byte[]> {

  /** More than this does not wait: it bounds the memory between two commits. */
  private static final int MOST_WAITING = 20_000;

  private static final ByteArraySerializer PREFIX = new ByteArraySerializer();

  private final KeyValueStore<Bytes, byte[]> inner;

  /** In the order of keys, so that to look under a prefix costs what is found there. */
  private final NavigableMap<Bytes, Promise> waiting = new TreeMap<>();

  /** A value that is asked for when it is written; waits at most once at a time. */
  private final class Promise implements EngineStore.Held {
    private final Bytes key;
    private final Supplier<byte[]> value;
    private boolean waits;

    Promise(Bytes key, Supplier<byte[]> value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public void changed() {
      if (!waits) { // otherwise it is asked for anyway
        waits = true;
        Promise other = waiting.put(key, this);
        if (other != null) {
          other.waits = false;
        }
        if (waiting.size() > MOST_WAITING) {
          write();
        }
      }
    }

    void make() {
      waits = false;
      inner.put(key, value.get());
    }
  }

  ShardStore(KeyValueStore<Bytes, byte[]> inner) {
    this.inner = inner;
  }

  byte @Nullable [] get(Bytes key) {
    Promise promised = waiting.get(key);
    return promised == null ? inner.get(key) : promised.value.get();
  }

  /**
   * Sets a value.
   *
   * @param value gives it as it is when asked, now or at the commit; asked again when it is put
   *     again only
   */
  void put(Bytes key, Supplier<byte[]> value) {
    hold(key, value).changed();
  }

  /** An entry whose value somebody holds and changes often. */
  EngineStore.Held hold(Bytes key, Supplier<byte[]> value) {
    return new Promise(key, value);
  }

  void delete(Bytes key) {
    Promise promised = waiting.remove(key);
    if (promised != null) {
      promised.waits = false;
    }
    inner.delete(key);
  }

  /** All entries under a prefix, all there are under none; to be closed. */
  KeyValueIterator<Bytes, byte[]> prefixScan(byte[] prefix) {
    NavigableMap<Bytes, Promise> found = under(prefix);
    if (!found.isEmpty()) {
      found.values().forEach(Promise::make);
      found.clear();
    }
    return prefix.length == 0 ? inner.all() : inner.prefixScan(prefix, PREFIX);
  }

  private NavigableMap<Bytes, Promise> under(byte[] prefix) {
    Bytes from = Bytes.wrap(prefix);
    byte[] end = endOf(prefix);
    return end == null
        ? waiting.tailMap(from, true)
        : waiting.subMap(from, true, Bytes.wrap(end), false);
  }

  /** The first key behind all that begin with a prefix; null when none is. */
  private static byte @Nullable [] endOf(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] end = Arrays.copyOf(prefix, length);
    end[length - 1]++;
    return end;
  }

  private void write() {
    waiting.values().forEach(Promise::make);
    waiting.clear();
  }

  private void forget() {
    waiting.values().forEach(promised -> promised.waits = false);
    waiting.clear();
  }

  @Override
  public void flushCache() {
    write();
    if (inner instanceof CachedStateStore<?, ?> cached) {
      cached.flushCache();
    }
  }

  @Override
  public void clearCache() {
    forget();
    if (inner instanceof CachedStateStore<?, ?> cached) {
      cached.clearCache();
    }
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean old) {
    return false; // nobody follows this store
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    forget();
    inner.init(context, root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    inner.commit(offsets); // what it is about was written by flushCache
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return inner.committedOffset(partition);
  }

  @Override
  @Deprecated
  @SuppressWarnings("deprecation") // asked for all the same
  public boolean managesOffsets() {
    return inner.managesOffsets();
  }

  /** What still waits belongs to a transaction that did not come about. */
  @Override
  public void close() {
    forget();
    inner.close();
  }

  @Override
  public boolean persistent() {
    return inner.persistent();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public Position getPosition() {
    return inner.getPosition();
  }
}
