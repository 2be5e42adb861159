package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SettledOffsetsTest {

  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private final SettledOffsets offsets = new SettledOffsets();

  @Test
  void nothingIsCommittedPastAnOpenRecord() {
    offsets.read(P0, 5);
    offsets.read(P0, 6);
    offsets.read(P1, 1);
    offsets.settled(P0, 6);
    offsets.settled(P1, 1);
    assertThat(offsets.take())
        .isEqualTo(Map.of(P0, new OffsetAndMetadata(5), P1, new OffsetAndMetadata(2)));
    offsets.settled(P0, 5);
    assertThat(offsets.take()).isEqualTo(Map.of(P0, new OffsetAndMetadata(7)));
    assertThat(offsets.take()).isEmpty();
  }

  @Test
  void aForgottenPartitionIsNotCommittedAnyMore() {
    offsets.read(P0, 5);
    offsets.settled(P0, 5);
    offsets.forget(List.of(P0));
    offsets.settled(P0, 5);
    assertThat(offsets.take()).isEmpty();
  }

  @Test
  void inAnyOrderTheCommitIsTheLowestOpenOne() {
    Random random = new Random(3);
    TreeSet<Long> open = new TreeSet<>();
    long next = 0;
    for (int step = 0; step < 5_000; step++) {
      if (open.isEmpty() || random.nextBoolean()) {
        next += 1 + random.nextInt(3); // offsets have gaps where transactions were marked
        offsets.read(P0, next);
        open.add(next);
      } else {
        List<Long> choice = new ArrayList<>(open);
        long settled = choice.get(random.nextInt(choice.size()));
        open.remove(settled);
        offsets.settled(P0, settled);
      }
      long expected = open.isEmpty() ? next + 1 : open.first();
      offsets.take().values().forEach(o -> assertThat(o.offset()).isEqualTo(expected));
    }
  }
}
