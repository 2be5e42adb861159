package io.tocsin.agent.source.journal;

import io.tocsin.agent.publish.Lane;
import io.tocsin.agent.source.LineSplitter;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.transform.Transform;
import io.tocsin.agent.transform.Verdict;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes a record of each line of journalctl and puts it into the source's lane. For one thread. */
final class EntryWriter implements LineSplitter.Handler {

  /** How long to wait for room before looking whether anybody still wants it. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final EntryReader reader;
  private final Origin origin;
  private final String source;
  private final Lane lane;
  private final Progress progress;
  private final Transform transform;
  private final InstantSource clock;
  private final JournalLog log;
  private final BooleanSupplier wanted;
  private long lastTime;
  private @Nullable String cursor;
  private Position last = new Position("", 0);

  EntryWriter(
      EntryReader reader,
      Origin origin,
      String source,
      Lane lane,
      Progress progress,
      Transform transform,
      InstantSource clock,
      JournalLog log,
      BooleanSupplier wanted) {
    this.reader = reader;
    this.origin = origin;
    this.source = source;
    this.lane = lane;
    this.progress = progress;
    this.transform = transform;
    this.clock = clock;
    this.log = log;
    this.wanted = wanted;
  }

  /** The last entry that was taken, where to go on; null before the first. */
  @Nullable String cursor() {
    return cursor;
  }

  /** Where to go on, of an earlier run. */
  void cursor(String earlier) {
    cursor = earlier;
    last = Position.of(earlier).orElse(last);
  }

  @Override
  public void line(byte[] buffer, int length, long cut) throws InterruptedException {
    if (length == 0 || !wanted.getAsBoolean()) {
      return;
    }
    Map<String, @Nullable Object> entry = cut == 0 ? entry(buffer, length) : Map.of();
    if (entry.get("__CURSOR") instanceof String at) {
      write(reader.event(entry, clock.instant()), at);
    } else {
      log.unreadable(length + cut);
      transform.dropped(cut == 0 ? "unreadable" : "too_long", null, last.epoch(), last.sequence());
    }
  }

  /** The fields of a line; none when it cannot be understood. */
  static Map<String, @Nullable Object> entry(byte[] buffer, int length) {
    try {
      return EventCodec.decodeObject(Arrays.copyOf(buffer, length));
    } catch (MalformedEventException e) {
      return Map.of();
    }
  }

  private void write(LogEvent draft, String at) throws InterruptedException {
    Position position = position(at);
    Verdict verdict = admitted(draft.level());
    switch (verdict) {
      case Verdict.Keep keep -> {
        LogEvent event = transform.shape(identified(draft, position), keep);
        while (!lane.send(event, progress.next(), PATIENCE)) {
          if (!wanted.getAsBoolean()) {
            return;
          }
        }
        progress.sent(at);
        log.read();
      }
      case Verdict.Drop drop -> {
        transform.dropped(drop.reason(), draft.level(), position.epoch(), position.sequence());
        progress.leftOut(at);
      }
      case Verdict.Wait ignored -> {
        return; // nobody wants it any more
      }
    }
    cursor = at;
    last = position;
  }

  private Verdict admitted(Level level) throws InterruptedException {
    Verdict verdict = transform.admit(level);
    while (verdict instanceof Verdict.Wait wait && wanted.getAsBoolean()) {
      wait.sleep(PATIENCE);
      verdict = transform.admit(level);
    }
    return verdict;
  }

  /** Cursors are opaque; where one has another form than today's, the time tells entries apart. */
  private Position position(String at) {
    Optional<Position> position = Position.of(at);
    if (position.isPresent()) {
      return position.get();
    }
    lastTime = Math.max(lastTime + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    return new Position("time", lastTime);
  }

  private LogEvent identified(LogEvent draft, Position position) {
    return new LogEvent(
        draft.ts(),
        draft.service(),
        draft.level(),
        draft.event(),
        draft.message(),
        draft.meta(),
        origin.host(),
        source,
        new SourceId(origin.agent(), source, position.epoch(), position.sequence()).toString());
  }
}
