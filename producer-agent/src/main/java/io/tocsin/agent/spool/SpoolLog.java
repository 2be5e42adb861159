package io.tocsin.agent.spool;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the spool says and counts. */
final class SpoolLog {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Counter dropped;
  private final Counter damaged;
  private final Counter writeErrors;

  SpoolLog(Metrics metrics) {
    dropped =
        metrics.counter(
            "tocsin_agent_spool_dropped_records", "records the spool gave up", "reason");
    damaged =
        metrics.counter(
            "tocsin_agent_spool_damaged_places", "places where spool files were damaged", "reason");
    writeErrors = metrics.counter("tocsin_agent_spool_write_errors", "writes the disk refused");
  }

  void lost(Loss loss) {
    damaged.labelValues(loss.reason()).inc(loss.reason().equals("full") ? 0 : 1);
    dropped.labelValues(loss.reason()).inc(Math.max(0, loss.records()));
    LOG.atWarn()
        .addKeyValue("reason", loss.reason())
        .addKeyValue("from", loss.from())
        .addKeyValue("to", loss.to())
        .addKeyValue("records", loss.records())
        .log("spool lost records");
  }

  void cannotWrite(IOException e, boolean first) {
    writeErrors.inc();
    if (first) {
      LOG.atError().setCause(e).log("the disk refuses spool records; sources wait");
    }
  }

  void writesAgain() {
    LOG.atInfo().log("the disk takes spool records again");
  }

  void cursorNotSaved(IOException e) {
    writeErrors.inc();
    LOG.atWarn().setCause(e).log("spool cursor not saved; a restart would send records again");
  }

  void notDeleted(Path file, IOException e) {
    LOG.atWarn().addKeyValue("file", file).setCause(e).log("spool file not deleted");
  }

  void notKept(Path file, IOException e) {
    LOG.atWarn().addKeyValue("file", file).setCause(e).log("damaged spool file not kept");
  }

  void unreadable(Path file, IOException e) {
    LOG.atWarn().addKeyValue("file", file).setCause(e).log("spool file not readable");
  }

  void abandoned(int bytes) {
    LOG.atError().addKeyValue("bytes", bytes).log("closed with records the disk did not take");
  }

  void lockNotReleased(IOException e) {
    LOG.atDebug().setCause(e).log("spool lock not released");
  }
}
