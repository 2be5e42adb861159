package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.route.Lead.Group;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what is to be told together with others of its group: the first for as long as the
 * route says, those that follow until the interval after the last message is over. Resolves too, as
 * what is told together is one message; but only at receivers that people read.
 */
final class Grouping implements Restraint {

  /** So many groups are kept before those that are over are cleared away. */
  private static final int MANY = 1_000;

  private final boolean groups;
  private final Map<Group, Instant> opensAt = new HashMap<>();
  private final Set<Group> waiting = new HashSet<>();

  Grouping(Receiver receiver) {
    this.groups = receiver instanceof SummaryReceiver;
  }

  @Override
  public Hold hold() {
    return Hold.GROUPED;
  }

  @Override
  public boolean renew() {
    return false;
  }

  @Override
  public Verdict judge(Pending pending, Instant now, boolean caughtUp) {
    Group group = of(pending);
    if (group == null) {
      return Verdict.GO;
    }
    Instant opens = opensAt.get(group);
    if (opens == null || (opens.isBefore(now) && !waiting.contains(group))) {
      opens = now.plus(group.delay());
      opensAt.put(group, opens);
    }
    if (!opens.isAfter(now)) {
      return Verdict.GO;
    }
    waiting.add(group);
    return new Verdict.Wait(opens);
  }

  /** What is told together with this one, itself among it, out of all that are due. */
  List<Pending> together(Pending one, List<Pending> due) {
    Group group = of(one);
    return group == null
        ? List.of(one)
        : due.stream().filter(other -> group.equals(of(other))).toList();
  }

  /** What all have in common that are told together with this one; empty for nothing. */
  String name(Pending one) {
    Group group = of(one);
    return group == null ? "" : group.values();
  }

  /** The receiver was told of it. */
  void told(Pending one, Instant now) {
    Group group = of(one);
    if (group != null) {
      waiting.remove(group);
      opensAt.put(group, now.plus(group.interval()));
      if (opensAt.size() > MANY) {
        opensAt
            .entrySet()
            .removeIf(e -> e.getValue().isBefore(now) && !waiting.contains(e.getKey()));
      }
    }
  }

  private @Nullable Group of(Pending pending) {
    return groups && pending.kind() != Kind.ACKNOWLEDGED ? pending.lead().group() : null;
  }
}
