package io.tocsin.agent.source.journal;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.tocsin.bootstrap.Metrics;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a journal source says and counts. */
final class JournalLog {

  private static final Logger LOG = LoggerFactory.getLogger(JournalSource.class);

  private final String source;
  private final CounterDataPoint read;
  private final CounterDataPoint unreadable;
  private final CounterDataPoint restarts;
  private final LongAdder records = new LongAdder();

  JournalLog(String source, Metrics metrics) {
    this.source = source;
    this.read =
        metrics
            .counter("tocsin_agent_records_read", "records that sources read", "source")
            .labelValues(source);
    this.unreadable =
        metrics
            .counter("tocsin_agent_journal_unreadable_entries", "entries not understood", "source")
            .labelValues(source);
    this.restarts =
        metrics
            .counter("tocsin_agent_journal_restarts", "times that journalctl ended", "source")
            .labelValues(source);
  }

  void read() {
    read.inc();
    records.increment();
  }

  long records() {
    return records.sum();
  }

  void started(long pid) {
    LOG.atInfo().addKeyValue("source", source).addKeyValue("pid", pid).log("reading the journal");
  }

  void ended(String why) {
    restarts.inc();
    LOG.atWarn()
        .addKeyValue("source", source)
        .addKeyValue("reason", why)
        .log("journalctl ended; it is started again");
  }

  void unreadable(long bytes) {
    unreadable.inc();
    LOG.atWarn()
        .addKeyValue("source", source)
        .addKeyValue("bytes", bytes)
        .log("journal entry not understood");
  }

  void notSaved(IOException e) {
    LOG.atWarn()
        .addKeyValue("source", source)
        .setCause(e)
        .log("journal cursor not saved; a restart would send entries again");
  }
}
