package io.tocsin.topics;

import java.util.Map;

/**
 * How a topic is on the cluster.
 *
 * @param partitions how many it has
 * @param replication copies of its first partition
 * @param settings every setting with the value in effect, whether its own or a default
 */
record TopicState(int partitions, int replication, Map<String, Setting> settings) {}
