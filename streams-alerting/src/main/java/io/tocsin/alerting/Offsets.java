package io.tocsin.alerting;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What can be asked about positions on the cluster. Each call may fail with a KafkaException. */
interface Offsets extends AutoCloseable {

  /** One past the last readable record of every partition of these topics. */
  Map<TopicPartition, Long> ends(Collection<String> topics);

  /** Up to where alerting has evaluated and committed; partitions it never read are left out. */
  Map<TopicPartition, Long> committed();

  /** Whether a partition holds any record from an offset on, up to an end. */
  boolean holdsRecord(TopicPartition partition, long from, long end);

  @Override
  void close();
}
