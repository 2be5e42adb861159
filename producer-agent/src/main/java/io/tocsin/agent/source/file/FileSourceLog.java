package io.tocsin.agent.source.file;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file source says and counts. */
final class FileSourceLog {

  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  private final String source;
  private final CounterDataPoint read;
  private final Counter rotations;

  /** Files that cannot be read were complained about; once is enough. */
  private final Set<Path> complained = new HashSet<>();

  private final LongAdder records = new LongAdder();
  private volatile @Nullable String trouble;

  FileSourceLog(String source, Metrics metrics) {
    this.source = source;
    read =
        metrics
            .counter("tocsin_agent_records_read", "records that sources read", "source")
            .labelValues(source);
    rotations =
        metrics.counter(
            "tocsin_agent_file_rotations", "log files renamed, deleted or cut", "source", "kind");
  }

  void read(long more) {
    if (more > 0) {
      read.inc(more);
      records.add(more);
    }
  }

  long records() {
    return records.sum();
  }

  @Nullable String trouble() {
    return trouble;
  }

  void opened(Path path) {
    if (complained.remove(path)) {
      trouble = null;
    }
    LOG.atInfo().addKeyValue("source", source).addKeyValue("file", path).log("reading file");
  }

  void away(Path path) {
    rotations.labelValues(source, "renamed").inc();
    LOG.atInfo()
        .addKeyValue("source", source)
        .addKeyValue("file", path)
        .log("file lost its name; it is read to its end");
  }

  void replaced(Path path) {
    rotations.labelValues(source, "cut").inc();
    LOG.atInfo()
        .addKeyValue("source", source)
        .addKeyValue("file", path)
        .log("file was cut or written anew; it is read from its start");
  }

  void trouble(Path path, Exception e) {
    trouble = "cannot read " + path + ": " + e.getMessage();
    if (complained.add(path)) {
      LOG.atWarn()
          .addKeyValue("source", source)
          .addKeyValue("file", path)
          .setCause(e)
          .log("file cannot be read; it is tried again");
    }
  }

  void notDiscovered(IOException e) {
    trouble = "cannot look for files: " + e.getMessage();
    LOG.atWarn().addKeyValue("source", source).setCause(e).log("cannot look for files");
  }

  void notSaved(IOException e) {
    trouble = "cannot save checkpoints: " + e.getMessage();
    LOG.atWarn()
        .addKeyValue("source", source)
        .setCause(e)
        .log("checkpoints not saved; a restart would send lines again");
  }

  void saved() {
    if (complained.isEmpty()) {
      trouble = null;
    }
  }
}
