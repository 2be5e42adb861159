package io.tocsin.agent.spool;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.tocsin.agent.source.BatchSink;
import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.Origin;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.SourceId;
import io.tocsin.event.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One source's way into the spool. Thread-safe. */
public final class SpoolSink implements EventSink, BatchSink {

  /** When the sink returns, and what it does while the spool is full. */
  public enum Mode {
    /** For what has nobody to answer to: returns at once; the oldest records make room. */
    PASSING,
    /** For what can wait but has nobody to answer to: waits for room, not for the disk. */
    PATIENT,
    /** For what can wait: returns when the record is on the disk; waits for room. */
    CONFIRMED
  }

  private final Spool spool;
  private final Origin origin;
  private final String source;
  private final Mode mode;
  private final CounterDataPoint read;
  private volatile @Nullable SourceId last;

  /** A sink for the source of this name. */
  public SpoolSink(Spool spool, Origin origin, String source, Mode mode, Metrics metrics) {
    this.spool = spool;
    this.origin = origin;
    this.source = source;
    this.mode = mode;
    this.read =
        metrics
            .counter("tocsin_agent_records_read", "records that sources read", "source")
            .labelValues(source);
  }

  @Override
  public void accept(LogEvent draft) throws InterruptedException {
    append(weight(draft), noted(encoder(draft, origin, source)));
  }

  @Override
  public boolean acceptAll(List<LogEvent> drafts, Duration patience) throws InterruptedException {
    boolean kept =
        spool.appendAll(
            drafts.stream()
                .map(draft -> new Spool.Draft(weight(draft), noted(encoder(draft, origin, source))))
                .toList(),
            patience);
    if (kept) {
      read.inc(drafts.size());
    }
    return kept;
  }

  private static Weight weight(LogEvent draft) {
    return draft.level().compareTo(Level.INFO) <= 0 ? Weight.LIGHT : Weight.HEAVY;
  }

  @Override
  public void accept(Telemetry draft) throws InterruptedException {
    append(
        Weight.MEASUREMENT,
        noted(
            (epoch, sequence) ->
                SpooledRecord.payload(
                    new Telemetry(
                        draft.ts(),
                        draft.service(),
                        draft.device(),
                        draft.kind(),
                        draft.values(),
                        draft.meta(),
                        origin.host(),
                        id(origin, source, epoch, sequence)))));
  }

  /** The id of the last record that was appended; empty before the first. */
  public Optional<SourceId> lastId() {
    return Optional.ofNullable(last);
  }

  private Spool.Encoder noted(Spool.Encoder encoder) {
    return (epoch, sequence) -> {
      last = new SourceId(origin.agent(), source, epoch, sequence);
      return encoder.encode(epoch, sequence);
    };
  }

  /** Makes the payload of a log event. */
  static Spool.Encoder encoder(LogEvent draft, Origin origin, String source) {
    return (epoch, sequence) ->
        SpooledRecord.payload(
            new LogEvent(
                draft.ts(),
                draft.service(),
                draft.level(),
                draft.event(),
                draft.message(),
                draft.meta(),
                origin.host(),
                source,
                id(origin, source, epoch, sequence)));
  }

  private void append(Weight weight, Spool.Encoder encoder) throws InterruptedException {
    boolean confirmed = mode == Mode.CONFIRMED;
    long sequence = spool.append(weight, mode != Mode.PASSING, encoder);
    read.inc();
    if (confirmed) {
      spool.awaitDurable(sequence);
    }
  }

  private static String id(Origin origin, String source, String epoch, long sequence) {
    return new SourceId(origin.agent(), source, epoch, sequence).toString();
  }
}
