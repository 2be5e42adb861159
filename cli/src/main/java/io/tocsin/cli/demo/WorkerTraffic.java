package io.tocsin.cli.demo;

import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** A background worker: a cycle every few seconds, now and then one or three that fail in a row. */
final class WorkerTraffic implements Traffic {

  private final ServiceLog log;
  private final Chance chance;
  private int cycle;
  private int failures;

  WorkerTraffic(ServiceLog log, Random random) {
    this.log = log;
    this.chance = new Chance(random);
  }

  @Override
  public Duration speak() {
    cycle++;
    if (failures == 0 && chance.oneIn(25)) {
      failures = chance.oneIn(3) ? 3 : 1;
    }
    if (failures > 0) {
      failures--;
      failed();
    } else {
      finished();
    }
    return chance.seconds(3, 7);
  }

  private void failed() {
    log.line(
        "ERROR",
        "Döngü %d başarısız: %s".formatted(cycle, Failure.OF_WORKER.shown()),
        "worker",
        Map.of(
            "type",
            "worker_cycle",
            "cycle",
            cycle,
            "ok",
            false,
            "exception",
            Failure.OF_WORKER.traceback()));
  }

  private void finished() {
    log.line(
        "INFO",
        "Döngü %d tamamlandı".formatted(cycle),
        "worker",
        Map.of(
            "type",
            "worker_cycle",
            "cycle",
            cycle,
            "ok",
            true,
            "jobs",
            chance.between(0, 6),
            "duration_ms",
            chance.hundredths(20, 140)));
  }
}
