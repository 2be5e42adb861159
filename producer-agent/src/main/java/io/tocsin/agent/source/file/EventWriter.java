package io.tocsin.agent.source.file;

import io.tocsin.agent.parse.JsonPassage;
import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.transform.Transform;
import io.tocsin.agent.transform.Verdict;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.SourceId;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes a record of each line of one file and puts it into the file's lane. */
final class EventWriter implements LineReader.Handler {

  /** How long to wait for room before the source looks after its other files. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final LineParser parser;
  private final @Nullable JsonPassage passage;
  private final Charset charset;
  private final Lane lane;
  private final Origin origin;
  private final SourceId id;
  private final String idPrefix;
  private final Transform transform;
  private final InstantSource clock;
  private long records;

  /** A line for which there was no room comes again; it was decided on already. */
  private long decidedOn = -1;

  private Verdict decision = Verdict.Keep.ONE;

  EventWriter(
      LineParser parser,
      Charset charset,
      Lane lane,
      Origin origin,
      SourceId id,
      Transform transform,
      InstantSource clock) {
    this.parser = parser;
    this.charset = charset;
    this.lane = lane;
    this.origin = origin;
    this.id = id;
    this.idPrefix = id.prefix();
    this.transform = transform;
    this.clock = clock;
    this.passage =
        transform.leavesEventsAsTheyAre()
            ? parser.passage(origin.host(), id.source(), idPrefix)
            : null;
  }

  @Override
  public boolean line(byte[] buffer, int from, int length, long cut, long start, long next)
      throws InterruptedException {
    return event(buffer, from, length, length, cut, start, next);
  }

  /**
   * Takes an event of several lines: the first one says when, what and how bad, the others join its
   * message.
   *
   * @param head the first line's length
   * @param length of all lines
   */
  boolean event(byte[] buffer, int head, int length, long cut, long start, long next)
      throws InterruptedException {
    return event(buffer, 0, head, length, cut, start, next);
  }

  private boolean event(
      byte[] buffer, int from, int head, int length, long cut, long start, long next)
      throws InterruptedException {
    int mark = start == 0 && startsWithMark(buffer, from, length) ? BYTE_ORDER_MARK.length : 0;
    if (isBlank(buffer, from + mark, length - mark)) {
      lane.skipTo(next);
      return true;
    }
    Instant readAt = clock.instant();
    if (passage != null
        && cut == 0
        && head == length
        && passage.read(buffer, from + mark, head - mark, readAt)
        && verdict(start, passage.level()).equals(Verdict.Keep.ONE)) {
      byte[] record = passage.record(start);
      return sent(lane.send(passage.service(), record, next, PATIENCE));
    }
    LogEvent draft = parser.parse(buffer, from + mark, head - mark, cut, readAt);
    String rest = new String(buffer, from + head, length - head, charset).stripTrailing();
    LogEvent event =
        new LogEvent(
            draft.ts(),
            draft.service(),
            draft.level(),
            draft.event(),
            rest.isEmpty() ? draft.message() : draft.message() + rest,
            draft.meta(),
            origin.host(),
            id.source(),
            idPrefix + start);
    return switch (verdict(start, event.level())) {
      case Verdict.Keep keep -> sent(lane.send(transform.shape(event, keep), next, PATIENCE));
      case Verdict.Drop drop -> {
        transform.dropped(drop.reason(), event.level(), id.epoch(), start);
        lane.skipTo(next);
        yield true;
      }
      case Verdict.Wait wait -> {
        wait.sleep(PATIENCE);
        yield false;
      }
    };
  }

  private Verdict verdict(long start, Level level) {
    if (decidedOn != start || decision instanceof Verdict.Wait) {
      decidedOn = start;
      decision = transform.admit(level);
    }
    return decision;
  }

  private boolean sent(boolean taken) {
    records += taken ? 1 : 0;
    return taken;
  }

  /** Records sent since this was last asked. */
  long takeRecords() {
    long taken = records;
    records = 0;
    return taken;
  }

  private static boolean startsWithMark(byte[] buffer, int from, int length) {
    return length >= BYTE_ORDER_MARK.length
        && buffer[from] == BYTE_ORDER_MARK[0]
        && buffer[from + 1] == BYTE_ORDER_MARK[1]
        && buffer[from + 2] == BYTE_ORDER_MARK[2];
  }

  private static boolean isBlank(byte[] buffer, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
