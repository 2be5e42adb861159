package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.event.Alert;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ids of a group's newest matching records, an entry of the store each. */
final class Evidence {

  private record Witness(long order, long ts, String id) {
    byte[] bytes() {
      return new Packer().int64(order).int64(ts).text(id).bytes();
    }
  }

  private final GroupSpace space;
  private final @Nullable Witness[] ring = new @Nullable Witness[Alert.MAX_EVIDENCE];
  private final EngineStore.@Nullable Held[] saved = new EngineStore.@Nullable Held[ring.length];
  private long next;

  Evidence(GroupSpace space) {
    this.space = space;
  }

  /** Takes up what the store holds. */
  void recall() {
    space.forEach(
        Tag.EVIDENCE,
        (slot, value) -> {
          Packer.Reader in = new Packer.Reader(value);
          Witness known = new Witness(in.int64(), in.int64(), String.valueOf(in.text()));
          ring[slotOf(known.order)] = known;
          next = Math.max(next, known.order + 1);
        });
  }

  void add(long ts, String id) {
    int slot = slotOf(next);
    ring[slot] = new Witness(next++, ts, id);
    EngineStore.Held entry = saved[slot];
    if (entry == null) {
      entry = space.hold(Tag.EVIDENCE, slot, () -> Objects.requireNonNull(ring[slot]).bytes());
      saved[slot] = entry;
    }
    entry.changed();
  }

  private int slotOf(long order) {
    return (int) (order % ring.length);
  }

  /** The ids that tipped a rule whose condition holds as of {@code end}, in order of arrival. */
  List<String> of(AlertRule rule, long end, Object value) {
    return switch (rule.kind()) {
      case Kind.Consecutive ignored ->
          newest(value instanceof Long run ? (int) Math.min(run, Alert.MAX_EVIDENCE) : 1);
      case Kind.Change ignored -> newest(1);
      case Kind.New ignored -> newest(1);
      case Kind.Absent ignored -> newest(1);
      case Kind kind -> after(end - kind.window().orElseThrow().millis());
    };
  }

  private List<String> newest(int n) {
    return inOrder().skip(Math.max(0, inOrder().count() - n)).map(Witness::id).toList();
  }

  private List<String> after(long time) {
    return inOrder().filter(w -> w.ts > time).map(Witness::id).toList();
  }

  private Stream<Witness> inOrder() {
    return Arrays.stream(ring)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Witness::order));
  }
}
