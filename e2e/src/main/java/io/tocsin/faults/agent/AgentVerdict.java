package io.tocsin.faults.agent;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Whether everything came, and under one id. */
final class AgentVerdict {

  private final Arrivals arrivals;
  private final AgentLoad load;
  private final AgentStage stage;

  AgentVerdict(Arrivals arrivals, AgentLoad load, AgentStage stage) {
    this.arrivals = arrivals;
    this.load = load;
    this.stage = stage;
  }

  /** Damage to the spool's files may cost what it destroyed, and that must have been declared. */
  boolean isGood() {
    long events = missingEvents();
    return missingLines() == 0
        && events <= stage.destroyed()
        && (events == 0 || arrivals.declaredLosses() > 0)
        && arrivals.wrongIds().isEmpty();
  }

  /** For people. */
  List<String> lines() {
    BitSet accepted = load.accepted();
    return List.of(
        "faults: %s; the agent was killed %d times".formatted(stage.struck(), stage.kills()),
        "%d lines (%d rotations): %d of the renamed log are missing, %d of the cut one"
            .formatted(
                2L * load.lines(),
                load.rotations(),
                missing(AgentLoad.RENAMED),
                missing(AgentLoad.CUT)),
        "%d events answered with 202: %d are missing; damage to the spool destroyed %d, %d losses were declared"
            .formatted(
                accepted.cardinality(),
                missingEvents(),
                stage.destroyed(),
                arrivals.declaredLosses()),
        "%d records came again under the same id; wrong ids: %d"
            .formatted(arrivals.again(), arrivals.wrongIds().size()));
  }

  /** Lines of both logs that did not come. */
  long missingLines() {
    return missing(AgentLoad.RENAMED) + missing(AgentLoad.CUT);
  }

  private long missing(String source) {
    return IntStream.range(0, load.lines()).filter(n -> !arrivals.has(source, n)).count();
  }

  private long missingEvents() {
    return load.accepted().stream().filter(n -> !arrivals.has(AgentLoad.SENT, n)).count();
  }
}
