package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.Readiness;
import io.tocsin.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver's own way through the alerts: a thread, a consumer and a bounded backlog.
 *
 * <p><b>Why a consumer group for each receiver.</b> Receivers fail apart from each other: Slack may
 * be down for hours while PagerDuty answers. With one group the commit would have to wait for the
 * slowest, and what the others were told meanwhile would have to be remembered elsewhere or told
 * again. With a group each, Kafka itself is the durable, unbounded backlog of each receiver, its
 * committed offset is how far that receiver is, and the consumer's lag shows who is behind. The
 * price is that every lane reads every alert; alerts are few.
 *
 * <p><b>Bounds.</b> At {@value #FULL} waiting episodes the lane stops reading (it goes on polling,
 * to stay in its group) until half of them are told. Nothing is dropped: the rest waits on the
 * topic. The same holds at {@value #MOST_HELD} episodes that are held back, in memory and, by their
 * open offsets, on the topic: a restart reads them again.
 *
 * <p><b>Static membership.</b> The consumer keeps its place in the group by its instance name: a
 * process that was killed and comes back carries on at once instead of waiting out the session of
 * its dead self, and a second process of the same name takes over instead of telling twice. The one
 * that lost its place would hear so with the next heartbeat only, seconds later, and could read and
 * tell meanwhile; so before a lane tells what it has just read, a commit asks the group whether it
 * is still its member.
 */
final class Lane implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  static final int FULL = 1_000;
  static final int MOST_HELD = 10_000;

  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  private static final Duration REJOINING_POLL = Duration.ofMillis(100);
  private static final Duration MEMBERSHIP_HOLDS = Duration.ofSeconds(1);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String receiver;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<Dispatcher> dispatchers;
  private final DeliveryTopic deliveries;
  private final SilenceTopic silences;
  private final AlertStateTopic states;
  private final Clock clock;
  private volatile Readiness readiness = Readiness.waitingFor("Kafka");
  private volatile boolean stopping;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile @Nullable Dispatcher dispatching;

  Lane(
      String receiver,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<Dispatcher> dispatchers,
      DeliveryTopic deliveries,
      SilenceTopic silences,
      AlertStateTopic states,
      Clock clock) {
    this.receiver = receiver;
    this.consumers = consumers;
    this.dispatchers = dispatchers;
    this.deliveries = deliveries;
    this.silences = silences;
    this.states = states;
    this.clock = clock;
  }

  Readiness readiness() {
    return readiness;
  }

  int waiting() {
    Dispatcher dispatcher = dispatching;
    return dispatcher == null ? 0 : dispatcher.waiting();
  }

  int held(Hold why) {
    Dispatcher dispatcher = dispatching;
    return dispatcher == null ? 0 : dispatcher.held(why);
  }

  /** Lets the call in progress end, then stops. */
  void stop() {
    stopping = true;
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        runOnce();
        if (!stopping) {
          Thread.sleep(RESTART_PAUSE);
        }
      }
    } catch (InterruptedException e) {
      LOG.atWarn().addKeyValue("receiver", receiver).log("lane cut short");
    }
  }

  /** From joining the group to leaving it, for whatever reason. */
  private void runOnce() throws InterruptedException {
    try (Session session = new Session(consumers.get(), dispatchers.get())) {
      session.run();
    } catch (WakeupException e) {
      // Asked to stop: the loop in run() sees it.
    } catch (InterruptException e) {
      throw new InterruptedException("while polling");
    } catch (FencedInstanceIdException e) {
      stopping = true;
      readiness = Readiness.waitingFor("nothing: another notifier of the same name has taken over");
      LOG.atError()
          .addKeyValue("receiver", receiver)
          .log("another notifier of the same instance name has taken over, this one stops");
    } catch (KafkaException e) {
      readiness = Readiness.waitingFor("Kafka");
      LOG.atWarn().addKeyValue("receiver", receiver).setCause(e).log("lane starts again");
    } catch (RuntimeException e) {
      // A lane that died would leave its receiver untold and nobody the wiser.
      readiness = Readiness.waitingFor("the lane of " + receiver + " to recover");
      LOG.atError().addKeyValue("receiver", receiver).setCause(e).log("lane is defective");
    }
  }

  /** One membership in the group. */
  private final class Session implements AutoCloseable, ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> consumer;
    private final Dispatcher dispatcher;
    private boolean full;
    private boolean member = true;
    private Instant confirmedAt = Instant.MIN;

    Session(Consumer<byte[], byte[]> consumer, Dispatcher dispatcher) {
      this.consumer = consumer;
      this.dispatcher = dispatcher;
      current = consumer;
      dispatching = dispatcher;
    }

    void run() throws InterruptedException {
      if (consumer.partitionsFor(Topics.ALERTS).isEmpty()) {
        throw new UnknownTopicOrPartitionException(Topics.ALERTS + " is not there");
      }
      consumer.subscribe(List.of(Topics.ALERTS), this);
      while (!stopping) {
        ConsumerRecords<byte[], byte[]> records =
            consumer.poll(member ? untilNextAttempt() : REJOINING_POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          dispatcher.accept(record);
        }
        if (isMember(!records.isEmpty())) {
          dispatcher.attempt(isCaughtUp());
          commit();
        }
        holdBackWhenFull();
      }
    }

    /** What it will not read for now cannot be waited for. */
    private boolean isCaughtUp() {
      return full
          || consumer.assignment().stream()
              .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    /** Whether it may tell; asks the group when there is something new, or something due. */
    private boolean isMember(boolean news) {
      Instant now = clock.instant();
      boolean due = !dispatcher.nextAt().isAfter(now);
      if (news || !member || (due && now.isAfter(confirmedAt.plus(MEMBERSHIP_HOLDS)))) {
        member = confirmed();
        confirmedAt = now;
      }
      return member;
    }

    /** Fails when another has its place; false while the group is being put together anew. */
    private boolean confirmed() {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(dispatcher.committable());
      for (TopicPartition partition : consumer.assignment()) {
        // Nothing read of it yet: the place is that of the last commit.
        offsets.computeIfAbsent(
            partition, unread -> new OffsetAndMetadata(consumer.position(unread)));
      }
      if (!offsets.isEmpty()) {
        try {
          consumer.commitSync(offsets);
        } catch (RebalanceInProgressException | CommitFailedException e) {
          LOG.atDebug().addKeyValue("receiver", receiver).log("joining the group again");
          return false;
        }
      }
      return true;
    }

    private Duration untilNextAttempt() {
      Instant next = dispatcher.nextAt();
      Instant now = clock.instant();
      if (!next.isAfter(now)) {
        return Duration.ZERO;
      }
      return next.isAfter(now.plus(LONGEST_POLL)) ? LONGEST_POLL : Duration.between(now, next);
    }

    /** The delivery log is what counts; a commit that fails is made good by the next one. */
    private void commit() {
      var offsets = dispatcher.takeCommittable();
      if (!offsets.isEmpty()) {
        consumer.commitAsync(offsets, null);
      }
    }

    private void holdBackWhenFull() {
      boolean tooMany = dispatcher.waiting() >= FULL || dispatcher.held() >= MOST_HELD;
      if (!full && tooMany) {
        full = true;
        consumer.pause(consumer.assignment());
        LOG.atWarn().addKeyValue("receiver", receiver).log("backlog is full, the topic holds more");
      } else if (full && !tooMany && dispatcher.waiting() <= FULL / 2) {
        full = false;
        consumer.resume(consumer.paused());
      }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      try {
        deliveries.catchUp();
        silences.catchUp();
        states.catchUp();
        dispatcher.begin(partitions);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      full = false;
      readiness = Readiness.ok();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow();
      dispatcher.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      dispatcher.forget(partitions);
    }

    private void commitNow() {
      var offsets = dispatcher.takeCommittable();
      if (!offsets.isEmpty()) {
        consumer.commitSync(offsets, CLOSE);
      }
    }

    @Override
    public void close() {
      current = null;
      dispatching = null;
      try {
        commitLast();
      } finally {
        consumer.close(CloseOptions.timeout(CLOSE));
      }
    }

    /** The wish to stop may have come while nothing was there to be woken; it then comes here. */
    private void commitLast() {
      try {
        commitNow();
      } catch (WakeupException e) {
        commitNow();
      }
    }
  }
}
