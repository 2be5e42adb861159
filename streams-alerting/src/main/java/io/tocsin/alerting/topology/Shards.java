package io.tocsin.alerting.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a group lives. A shard is a partition of the re-keyed topic, and the same number of the
 * inputs; how many there are is fixed when that topic is made, because the state of every group
 * hangs on it.
 *
 * <p>A record that arrives elsewhere is sent to its shard: one of a foreign producer that
 * partitions in its own way or not at all, or one from a partition that was added later.
 *
 * @param count 1 or more
 */
public record Shards(int count) {

  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least one shard, not " + count);
    }
  }

  /** The shard of a key: the partition that Kafka's own producer gives it among so many. */
  int of(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % count;
  }

  int of(String key) {
    return of(key.getBytes(StandardCharsets.UTF_8));
  }
}
