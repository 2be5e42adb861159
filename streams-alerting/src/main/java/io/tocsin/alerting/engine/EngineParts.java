package io.tocsin.alerting.engine;

/** What the rules of one engine share. */
record EngineParts(
    RuleEngine.Options options,
    Timers timers,
    Residents residents,
    Tally tally,
    LastIdentity identity) {

  EngineParts(RuleEngine.Options options) {
    this(options, new Timers(), new Residents(), new Tally(), new LastIdentity());
  }
}
