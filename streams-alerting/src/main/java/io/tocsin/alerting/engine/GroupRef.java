package io.tocsin.alerting.engine;

import org.jspecify.annotations.Nullable;

/** A group in its rule's directory: always there, while the group itself may rest in the store. */
final class GroupRef {

  final RuleWatch watch;
  final Hash128 key;

  /** When the group has something to do; {@link Memory#NEVER} when nothing, or when it is gone. */
  long due = Memory.NEVER;

  /** The due time of this group's entry in the timers; {@link Memory#NEVER} when it has none. */
  long scheduled = Memory.NEVER;

  boolean quiet = true;
  @Nullable Group group;

  GroupRef(RuleWatch watch, Hash128 key) {
    this.watch = watch;
    this.key = key;
  }

  void mirror(Group of) {
    group = of;
    due = of.due();
    quiet = of.isQuiet();
  }
}
