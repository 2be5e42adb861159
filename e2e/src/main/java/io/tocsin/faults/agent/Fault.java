package io.tocsin.faults.agent;

/** What happens to an agent. */
enum Fault {
  KILL,
  BROKER_AWAY,
  KILL_WHILE_AWAY,
  BROKER_KILLED,
  DISK_FULL,
  CLOCK_STEPPED,
  SPOOL_CUT,
  SPOOL_FLIPPED
}
