package io.tocsin.indexer.document;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** How the records of one topic are named and identified. */
sealed interface Shape {

  /** The top-level fields whose texts {@link #target} needs. */
  Wanted wanted();

  Target target(ConsumerRecord<byte[], byte[]> record, @Nullable String[] texts, SaneWindow window)
      throws UnusableException;

  /** What a record without a value asks for. */
  default Prepared gone(ConsumerRecord<byte[], byte[]> record) throws UnusableException {
    throw new UnusableException(
        Flaw.NO_VALUE, "the record has no value, which has no meaning on " + record.topic());
  }

  /** A log event or a measurement: named by its event time, identified by its source. */
  record Event(DailyIndex index) implements Shape {

    private static final Wanted WANTED = Wanted.of("ts", "id");

    @Override
    public Wanted wanted() {
      return WANTED;
    }

    @Override
    public Target target(
        ConsumerRecord<byte[], byte[]> record, @Nullable String[] texts, SaneWindow window)
        throws UnusableException {
      long time = time("ts", texts[0], window);
      return new Target(index.of(time), DocumentId.of(texts[1], record), Write.Once.INSTANCE);
    }
  }

  /**
   * A transition of an alert. Both transitions of an episode go to the index of the day it started:
   * the start is part of the episode, so the same id cannot land in two indices.
   */
  record Transition(DailyIndex index) implements Shape {

    private static final Wanted WANTED = Wanted.of("startsAt", "episode", "status");

    @Override
    public Wanted wanted() {
      return WANTED;
    }

    @Override
    public Target target(
        ConsumerRecord<byte[], byte[]> record, @Nullable String[] texts, SaneWindow window)
        throws UnusableException {
      long time = time("startsAt", texts[0], window);
      @Nullable String id = texts[1] == null || texts[2] == null ? null : texts[1] + ':' + texts[2];
      return new Target(index.of(time), DocumentId.of(id, record), Write.Once.INSTANCE);
    }
  }

  /** The latest state of each service, under the service's name. */
  record State(String index) implements Shape {

    private static final int OFFSET_BITS = 20;

    private static final Wanted WANTED = Wanted.of("ts", "service");

    @Override
    public Wanted wanted() {
      return WANTED;
    }

    @Override
    public Target target(
        ConsumerRecord<byte[], byte[]> record, @Nullable String[] texts, SaneWindow window)
        throws UnusableException {
      time("ts", texts[0], window);
      String id = texts[1] == null ? key(record) : texts[1];
      return new Target(index, DocumentId.of(id, record), new Write.Latest(version(record)));
    }

    @Override
    public Prepared gone(ConsumerRecord<byte[], byte[]> record) throws UnusableException {
      String id = key(record);
      if (id == null || id.isEmpty()) {
        throw new UnusableException(Flaw.NO_VALUE, "the record has neither key nor value");
      }
      return new Prepared.Document(
          record,
          index,
          DocumentId.fit(id),
          new Write.Remove(version(record)),
          new byte[0],
          0,
          0,
          false);
    }

    /**
     * The broker's clock first, for it goes on when a topic is made anew and does not believe the
     * payload; records of one batch share it, so the offset tells them apart.
     */
    private static long version(ConsumerRecord<byte[], byte[]> record) {
      return (Math.max(0, record.timestamp()) << OFFSET_BITS)
          | (record.offset() & ((1L << OFFSET_BITS) - 1));
    }

    private static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
      return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }
  }

  private static long time(String field, @Nullable String text, SaneWindow window)
      throws UnusableException {
    if (text == null) {
      throw new UnusableException(Flaw.BAD_TS, field + " is missing or no text");
    }
    long time = EventTime.parse(text);
    window.require(time);
    return time;
  }
}
