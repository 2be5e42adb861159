package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule's life in one group: what came in, whether the condition holds, and the phase that follows
 * from it. Every change is put into the store before the call returns.
 *
 * <p>Three times matter. The <em>group clock</em> is the greatest event time seen; windows end
 * there when a record comes. The <em>engine clock</em> is handed in; it starts and ends phases. The
 * <em>next check</em> is the event time at which the condition may change for want of records; it
 * runs when the engine clock gets there, or at once when that is already past, and what stops
 * holding then has stopped at that time, not at the clock. So a burst that arrives an hour late
 * fires and resolves together.
 */
final class Group {

  private static final long NOTHING_SEEN = Long.MIN_VALUE;

  private final GroupSpace space;
  private final Map<String, @Nullable Object> values;
  private final Memory memory;
  private final Evidence evidence;
  private final EngineStore.Held saved;
  private AlertRule rule;
  private long groupClock = NOTHING_SEEN;
  private long checkedTo;
  private long nextCheck = Memory.NEVER;
  private Phase phase = new Phase.Quiet();
  private long lastStart = NOTHING_SEEN;
  private int startsAlike;
  private @Nullable Alert episode;

  /** A group never seen before. */
  Group(
      AlertRule rule,
      GroupSpace space,
      Map<String, @Nullable Object> values,
      LongConsumer forgotten) {
    this.rule = rule;
    this.space = space;
    this.values = values;
    this.memory = Memories.open(rule, space, null, forgotten);
    this.evidence = new Evidence(space);
    this.saved = space.hold(Tag.GROUP, this::bytes);
    space.put(Tag.NAME, EventCodec.encodeObject(values));
  }

  /** The group that the store holds. */
  Group(AlertRule rule, GroupSpace space, byte[] stored, LongConsumer forgotten) {
    Packer.Reader in = new Packer.Reader(stored);
    this.rule = rule;
    this.space = space;
    this.values = readValues(space);
    this.nextCheck = in.int64();
    this.phase = Phase.read(in);
    this.groupClock = in.int64();
    this.checkedTo = in.int64();
    this.lastStart = in.int64();
    this.startsAlike = in.int32();
    this.memory = Memories.open(rule, space, in, forgotten);
    this.evidence = new Evidence(space);
    evidence.recall();
    this.saved = space.hold(Tag.GROUP, this::bytes);
    this.episode = readEpisode(space);
  }

  /** When a saved group has something to do next, without bringing all of it back. */
  static long dueOf(byte[] saved, AlertRule rule) {
    Packer.Reader in = new Packer.Reader(saved);
    long nextCheck = in.int64();
    return Math.min(nextCheck, Phase.read(in).due(rule));
  }

  /** Whether a saved group has no episode open or coming. */
  static boolean isQuiet(byte[] saved) {
    Packer.Reader in = new Packer.Reader(saved);
    in.int64();
    return Phase.read(in) instanceof Phase.Quiet;
  }

  /** A saved group's clock. */
  static long clockOf(byte[] saved) {
    Packer.Reader in = new Packer.Reader(saved);
    in.int64();
    Phase.read(in);
    return in.int64();
  }

  /**
   * When something is to be done next; {@link Memory#NEVER} when only a record changes anything.
   */
  long due() {
    return Math.min(nextCheck, phase.due(rule));
  }

  boolean isQuiet() {
    return phase instanceof Phase.Quiet;
  }

  /** Puts other words in force. */
  void reword(AlertRule reworded) {
    rule = reworded;
  }

  /** Starts to wait for a group that an absence rule expects. */
  void expectFrom(long engineClock) {
    if (memory instanceof AbsentMemory absent) {
      absent.expectFrom(engineClock);
      checkedTo = engineClock;
      nextCheck = memory.nextChange(engineClock);
      save();
    }
  }

  boolean isLate(EventRecord record) {
    return groupClock != NOTHING_SEEN && memory.isLate(record.millis(), groupClock);
  }

  /** Takes in a record that is not late, at an engine clock. */
  void accept(EventRecord record, boolean matches, long engineClock, List<Alert> out) {
    groupClock = Math.max(groupClock, record.millis());
    memory.add(record, matches, groupClock, engineClock);
    String id = record.id();
    if (matches && id != null) {
      evidence.add(record.millis(), id);
    }
    checkedTo = memory.endOnRecord(groupClock, engineClock);
    settle(memory.holds(checkedTo), engineClock, engineClock, record, out);
    nextCheck = memory.nextChange(checkedTo, engineClock);
    runDue(engineClock, out);
    save();
  }

  /** Does what is due up to and including an engine clock, in order. */
  void advance(long engineClock, List<Alert> out) {
    runDue(engineClock, out);
    save();
  }

  private void runDue(long engineClock, List<Alert> out) {
    for (long due = due(); due <= engineClock; due = due()) {
      if (nextCheck == due) { // first: what stops holding now stops before anything else happens
        checkedTo = due;
        settle(memory.holds(due), engineClock, due, null, out);
        nextCheck = memory.nextChange(due, engineClock);
      } else if (phase instanceof Phase.Pending) {
        fire(engineClock, Math.max(due, checkedTo), null, out);
      } else {
        resolve(engineClock, out);
      }
    }
  }

  /**
   * Follows the condition.
   *
   * @param when since when it has been so
   */
  private void settle(
      boolean holds, long engineClock, long when, @Nullable EventRecord record, List<Alert> out) {
    switch (phase) {
      case Phase.Quiet ignored when holds -> {
        phase = new Phase.Pending(engineClock);
        if (rule.holdsFor().isZero()) {
          fire(engineClock, checkedTo, record, out);
        }
      }
      case Phase.Pending ignored when !holds -> phase = new Phase.Quiet();
      case Phase.Firing ignored when !holds -> phase = new Phase.Recovering(when);
      case Phase.Recovering ignored when holds -> phase = new Phase.Firing();
      case Phase unchanged -> phase = unchanged;
    }
  }

  /**
   * Opens an episode.
   *
   * @param asOf where the window ends whose value the alert shows
   */
  private void fire(long engineClock, long asOf, @Nullable EventRecord record, List<Alert> out) {
    long startsAt = startsAt();
    startsAlike = startsAt == lastStart ? startsAlike + 1 : 1;
    lastStart = startsAt;
    Object value = memory.value(asOf);
    List<String> ids = evidence.of(rule, asOf, value);
    Alert firing =
        Transition.firing(rule, values, engineClock, startsAt, startsAlike, value, ids, record);
    episode = firing;
    phase = new Phase.Firing();
    space.put(Tag.EPISODE, EventCodec.encode(firing));
    out.add(firing);
  }

  private long startsAt() {
    return groupClock == NOTHING_SEEN && memory instanceof AbsentMemory absent
        ? absent.last()
        : groupClock;
  }

  private void resolve(long engineClock, List<Alert> out) {
    out.add(Transition.resolved(Objects.requireNonNull(episode), rule, engineClock));
    episode = null;
    phase = new Phase.Quiet();
    space.delete(Tag.EPISODE);
  }

  private void save() {
    saved.changed();
  }

  private byte[] bytes() {
    Packer out = new Packer().int64(nextCheck);
    phase.save(out);
    out.int64(groupClock).int64(checkedTo).int64(lastStart).int32(startsAlike);
    memory.save(out);
    return out.bytes();
  }

  private static Map<String, @Nullable Object> readValues(GroupSpace space) {
    return decodeValues(Objects.requireNonNull(space.get(Tag.NAME)));
  }

  /** A group's values, from the entry of its name. */
  static Map<String, @Nullable Object> decodeValues(byte[] saved) {
    try {
      return EventCodec.decodeObject(saved);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("a group's values in the store are no JSON", e);
    }
  }

  private static @Nullable Alert readEpisode(GroupSpace space) {
    byte[] saved = space.get(Tag.EPISODE);
    return saved == null ? null : decodeEpisode(saved);
  }

  /** The firing transition of an open episode. */
  static Alert decodeEpisode(byte[] saved) {
    try {
      return EventCodec.decodeAlert(saved);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("an open episode in the store is no alert", e);
    }
  }
}
