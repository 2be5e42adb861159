package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.event.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ids of a group's newest matching records, an entry of the store each. */
final class Evidence {

  private record Witness(long order, long ts, String id) {
    byte[] bytes() {
      return new Packer().int64(order).int64(ts).text(id).bytes();
    }
  }

  private final GroupSpace space;
  private final ArrayDeque<Witness> witnesses = new ArrayDeque<>(Alert.MAX_EVIDENCE + 1);

  Evidence(GroupSpace space) {
    this.space = space;
    List<Witness> known = new ArrayList<>();
    space.forEach(
        Tag.EVIDENCE,
        (slot, value) -> {
          Packer.Reader in = new Packer.Reader(value);
          known.add(new Witness(in.int64(), in.int64(), String.valueOf(in.text())));
        });
    known.sort(Comparator.comparingLong(Witness::order));
    witnesses.addAll(known);
  }

  void add(long ts, String id) {
    long order = witnesses.isEmpty() ? 0 : witnesses.getLast().order + 1;
    Witness witness = new Witness(order, ts, id);
    witnesses.add(witness);
    if (witnesses.size() > Alert.MAX_EVIDENCE) {
      witnesses.removeFirst();
    }
    space.put(Tag.EVIDENCE, order % Alert.MAX_EVIDENCE, witness::bytes);
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
    return witnesses.stream().skip(Math.max(0, witnesses.size() - n)).map(Witness::id).toList();
  }

  private List<String> after(long time) {
    return witnesses.stream().filter(w -> w.ts > time).map(Witness::id).toList();
  }
}
