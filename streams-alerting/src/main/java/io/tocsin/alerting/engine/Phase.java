package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;

/** Where a group stands between quiet and firing. Times are engine clocks in epoch milliseconds. */
sealed interface Phase {

  /** The condition does not hold and nothing fires. */
  record Quiet() implements Phase {}

  /** The condition holds, not long enough to fire. */
  record Pending(long since) implements Phase {}

  /** An episode is open and the condition holds. */
  record Firing() implements Phase {}

  /** An episode is open; the condition has stopped holding, not long enough to resolve. */
  record Recovering(long since) implements Phase {}

  /** When this phase ends by itself; {@link Memory#NEVER} when it waits for the condition. */
  default long due(AlertRule rule) {
    return switch (this) {
      case Quiet ignored -> Memory.NEVER;
      case Firing ignored -> Memory.NEVER;
      case Pending pending -> pending.since + rule.holdsFor().toMillis();
      case Recovering recovering ->
          recovering.since
              + (rule.kind() instanceof Kind.New
                  ? 0 // its memory lets the condition hold for as long as it takes to resolve
                  : rule.resolveAfter().toMillis());
    };
  }

  default void save(Packer out) {
    switch (this) {
      case Quiet ignored -> out.int8(0).int64(0);
      case Pending pending -> out.int8(1).int64(pending.since);
      case Firing ignored -> out.int8(2).int64(0);
      case Recovering recovering -> out.int8(3).int64(recovering.since);
    }
  }

  static Phase read(Packer.Reader in) {
    int code = in.int8();
    long since = in.int64();
    return switch (code) {
      case 0 -> new Quiet();
      case 1 -> new Pending(since);
      case 2 -> new Firing();
      case 3 -> new Recovering(since);
      default -> throw new IllegalStateException("no phase has the code " + code);
    };
  }
}
