package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Opens a group's memory for the kind of its rule. */
final class Memories {

  private Memories() {}

  /**
   * The memory of a group.
   *
   * @param saved what the memory saved into the group's entry; null for a new group
   * @param forgotten told how many values left for want of room
   */
  static Memory open(
      AlertRule rule, GroupSpace space, Packer.@Nullable Reader saved, LongConsumer forgotten) {
    Memory memory = empty(rule, space, saved, forgotten);
    if (saved != null) {
      memory.recall();
    }
    return memory;
  }

  private static Memory empty(
      AlertRule rule, GroupSpace space, Packer.@Nullable Reader saved, LongConsumer forgotten) {
    return switch (rule.kind()) {
      case Kind.Count count -> new CountMemory(count, space);
      case Kind.Distinct distinct -> new DistinctMemory(distinct, space, forgotten);
      case Kind.Consecutive consecutive -> new RunMemory(consecutive, saved);
      case Kind.Ratio ratio -> new RatioMemory(ratio, space);
      case Kind.Aggregate aggregate -> new AggregateMemory(aggregate, space);
      case Kind.Deviation deviation -> new DeviationMemory(deviation, space);
      case Kind.Absent absent -> new AbsentMemory(absent, saved);
      case Kind.Change change -> new ChangeMemory(change, saved);
      case Kind.New fresh ->
          new NewMemory(fresh, rule.resolveAfter().toMillis(), space, saved, forgotten);
    };
  }
}
