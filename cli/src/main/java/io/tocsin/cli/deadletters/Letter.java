package io.tocsin.cli.deadletters;

import io.tocsin.event.DeadLetter;
import io.tocsin.topics.Topics;
import org.apache.kafka.common.TopicPartition;

/**
 * A dead letter as it stands on its topic.
 *
 * @param partition of {@code tocsin.dead-letters}
 * @param offset of {@code tocsin.dead-letters}
 * @param content what it says
 */
record Letter(int partition, long offset, DeadLetter content) {

  /** The name by which the commands know it: {@code 0-1234}. */
  String name() {
    return partition + "-" + offset;
  }

  TopicPartition place() {
    return new TopicPartition(Topics.DEAD_LETTERS, partition);
  }

  /**
   * What is sent back once only: the record it came from, or itself when that never had a place.
   */
  Origin origin() {
    String topic = content.topic();
    return topic == null || content.offset() < 0
        ? new Origin(Topics.DEAD_LETTERS, partition, offset)
        : new Origin(topic, content.partition(), content.offset());
  }

  /** Whether it is no letter, but the note that one was dealt with. */
  boolean isMark() {
    return Marks.STATUS.containsKey(content.stage());
  }
}
