package io.tocsin.alerting.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds what all stores of the process take together off the heap: blocks, indexes, filters and
 * write buffers share one cache of 32 MiB, write buffers take at most 16 MiB of it. Kafka Streams
 * makes one by name for each store.
 */
public final class RocksDbBounds implements RocksDBConfigSetter {

  private static final long WHOLE = 32L << 20;
  private static final long WRITE_BUFFERS = 16L << 20;
  private static final long WRITE_BUFFER = 4L << 20;

  static {
    RocksDB.loadLibrary();
  }

  // Never closed: they live as long as the process and belong to no store.
  private static final Cache CACHE = new LRUCache(WHOLE);
  private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      table.setBlockCache(CACHE);
      table.setCacheIndexAndFilterBlocks(true);
      options.setTableFormatConfig(table);
    }
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing of its own.
  }
}
