package io.tocsin.indexer.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

  private static final TopicPartition P = new TopicPartition("t", 0);

  private final OffsetTracker tracker = new OffsetTracker();

  private static long committable(OffsetTracker tracker) {
    OffsetAndMetadata offset = tracker.committable().get(P);
    return offset == null ? -1 : offset.offset();
  }

  /** Any order of completion, any gaps between offsets, reading and settling interleaved. */
  @Property(tries = 500)
  void nothingIsCommittedPastARecordThatIsNotSettled(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 3) Integer> gaps,
      @ForAll long seed) {
    OffsetTracker tracker = new OffsetTracker();
    Random random = new Random(seed);
    List<Ticket> open = new ArrayList<>();
    Set<Long> unsettled = new TreeSet<>();
    long next = random.nextInt(5);
    long previous = -1;
    for (int gap : gaps) {
      next += gap;
      open.add(tracker.open(P, next, 0, 0));
      unsettled.add(next);
      Collections.shuffle(open, random);
      while (!open.isEmpty() && random.nextBoolean()) {
        Ticket ticket = open.removeLast();
        ticket.settle();
        unsettled.remove(ticket.offset());
      }
      long offset = committable(tracker);
      long lowest = unsettled.isEmpty() ? next + 1 : unsettled.iterator().next();
      assertThat(offset).isLessThanOrEqualTo(lowest).isGreaterThanOrEqualTo(previous);
      previous = Math.max(previous, offset);
    }
    open.forEach(Ticket::settle);
    assertThat(committable(tracker)).isEqualTo(next + 1);
    assertThat(tracker.outstanding()).isZero();
  }

  @Test
  void aPositionPastTransactionMarkersIsCommittedOnceAllBeforeItIsSettled() {
    // Given
    Ticket ticket = tracker.open(P, 4, 0, 0);
    tracker.readTo(P, 9);
    long before = committable(tracker);
    // When
    ticket.settle();
    // Then
    assertThat(before).isEqualTo(-1);
    assertThat(committable(tracker)).isEqualTo(9);
  }

  @Test
  void whatIsCommittedIsNotCommittedAgain() {
    // Given
    tracker.open(P, 0, 0, 0).settle();
    // When
    tracker.committed(Map.of(P, new OffsetAndMetadata(1)));
    // Then
    assertThat(tracker.committable()).isEmpty();
  }

  @Test
  void aTicketOfALostPartitionMovesNothingWhenThePartitionComesBack() {
    // Given
    Ticket stale = tracker.open(P, 0, 0, 0);
    tracker.drop(Set.of(P));
    Ticket fresh = tracker.open(P, 0, 0, 0);
    // When
    stale.settle();
    // Then
    assertThat(tracker.committable()).isEmpty();
    fresh.settle();
    assertThat(committable(tracker)).isEqualTo(1);
  }

  @Test
  void settlingTwiceIsSettlingOnce() {
    // Given
    Ticket first = tracker.open(P, 0, 0, 0);
    Ticket second = tracker.open(P, 1, 0, 0);
    // When
    second.settle();
    second.settle();
    // Then
    assertThat(tracker.committable()).isEmpty();
    assertThat(tracker.outstanding(Set.of(P))).isEqualTo(2);
    first.settle();
    assertThat(committable(tracker)).isEqualTo(2);
  }

  @Test
  void partitionsAreIndependent() {
    // Given
    TopicPartition other = new TopicPartition("t", 1);
    tracker.open(P, 0, 0, 0);
    // When
    tracker.open(other, 7, 0, 0).settle();
    // Then
    assertThat(tracker.committable()).containsOnlyKeys(other);
    assertThat(new HashSet<>(tracker.committable().values()))
        .containsExactly(new OffsetAndMetadata(8));
  }

  @Test
  void offsetsThatGoBackAreAFault() {
    // Given
    tracker.open(P, 5, 0, 0);
    // When // Then
    assertThatThrownBy(() -> tracker.open(P, 5, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBacklogOfATopicIsThatOfAllItsPartitionsAndItsOldestRecord() {
    // Given
    TopicPartition other = new TopicPartition("t", 1);
    Ticket first = tracker.open(P, 0, 5_000, Long.MAX_VALUE);
    tracker.open(P, 1, 6_000, Long.MIN_VALUE + 10);
    tracker.open(other, 0, 7_000, Long.MIN_VALUE + 20);
    // When, then: nanoTime() has overflown in between
    assertThat(tracker.backlogs(Map.of(P, 10L, other, 3L)))
        .containsExactly(Map.entry("t", new Backlog(16, 5_000, OptionalLong.of(Long.MAX_VALUE))));
    first.settle();
    assertThat(tracker.backlogs(Map.of(P, 10L)))
        .containsExactly(
            Map.entry("t", new Backlog(11, 6_000, OptionalLong.of(Long.MIN_VALUE + 10))));
  }

  @Test
  void whatIsNotReadYetIsNoOlderThanWhatWas() {
    // Given
    tracker.open(P, 0, 5_000, 1).settle();
    // When, then
    assertThat(tracker.backlogs(Map.of(P, 4L)))
        .containsExactly(Map.entry("t", new Backlog(4, 5_000, OptionalLong.empty())));
    assertThat(tracker.backlogs(Map.of(P, 0L)))
        .containsExactly(Map.entry("t", new Backlog(0, Long.MAX_VALUE, OptionalLong.empty())));
  }
}
