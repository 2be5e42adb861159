package io.tocsin.alerting.engine;

/**
 * What a group remembers for its rule's kind, and the condition over it. Times are epoch
 * milliseconds. What is kept per record is written to the store at once; the few scalars of {@link
 * #save} ride along in the group's own entry.
 */
sealed interface Memory
    permits CountMemory,
        DistinctMemory,
        RunMemory,
        RatioMemory,
        AggregateMemory,
        DeviationMemory,
        AbsentMemory,
        ChangeMemory,
        NewMemory {

  /** No time passing alone changes the condition. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Takes up the entries that the store holds of the group. Of a new group there are none, and to
   * look for them would cost more than all else that a new group does.
   */
  default void recall() {}

  /** Whether a record of this time is older than the window that ends at the group's clock. */
  default boolean isLate(long ts, long groupClock) {
    return false;
  }

  /**
   * Takes in a record that the rule sees.
   *
   * @param matches whether it matches, or is only among those that the rule looks at
   * @param groupClock the group's clock with this record
   * @param engineClock the engine clock
   */
  void add(EventRecord record, boolean matches, long groupClock, long engineClock);

  /** The time as of which the condition is evaluated when a record has come in. */
  default long endOnRecord(long groupClock, long engineClock) {
    return groupClock;
  }

  /** Whether the condition holds as of a time, which is the group's clock or later. */
  boolean holds(long end);

  /**
   * The first time after {@code end} at which the condition may differ though no record comes;
   * {@link #NEVER} when there is none.
   */
  long nextChange(long end);

  /**
   * The same for a clock that stands at {@code until} already: times up to it at which the
   * condition surely stays as it is may be passed over. A backlog's windows are long over when its
   * records come, and to check each of their ends one by one would take longer than all else.
   */
  default long nextChange(long end, long until) {
    return nextChange(end);
  }

  /** What an alert shows as its value, as of a time at which the condition holds. */
  Object value(long end);

  /** Writes what has to be known beside the entries of single records. */
  default void save(Packer out) {}
}
