package io.tocsin.alerting.engine;

/** Counts what an engine meets. */
final class Tally {

  long events;
  long lateIgnored;
  long duplicatesIgnored;
  long lackingGroupBy;
  long groups;
  long groupsForgotten;
  long valuesForgotten;

  EngineStats stats() {
    return new EngineStats(
        events,
        lateIgnored,
        duplicatesIgnored,
        lackingGroupBy,
        groups,
        groupsForgotten,
        valuesForgotten);
  }
}
