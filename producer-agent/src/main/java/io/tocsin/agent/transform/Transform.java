package io.tocsin.agent.transform;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.agent.source.EventSink;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the records of one source on their way: ask {@link #admit} once for each, hand
 * those that are kept through {@code shape}, and tell of each that is dropped. Thread-safe.
 */
public final class Transform {

  private final @Nullable Gate gate;
  private final Map<String, String> labels;
  private final @Nullable Redactor redactor;
  private final DropLedger drops;

  /**
   * A source's own part.
   *
   * @param common what is redacted in every source
   * @param canWait whether the source can be read more slowly
   * @param declarations takes the log events that declare what was dropped
   * @param nanoTime {@code System::nanoTime} but for tests
   */
  public Transform(
      String source,
      TransformSettings settings,
      @Nullable RedactSettings common,
      boolean canWait,
      EventSink declarations,
      InstantSource clock,
      LongSupplier nanoTime,
      Metrics metrics) {
    Excess usual = canWait ? Excess.WAIT : Excess.DROP;
    this.gate =
        settings.sample() == null && settings.maxRate() == null
            ? null
            : new Gate(
                settings.sample(),
                settings.maxRate(),
                Objects.requireNonNullElse(settings.excess(), usual),
                nanoTime);
    this.labels = settings.labels();
    Counter redactions =
        metrics.counter("tocsin_agent_redactions", "places made unreadable", "source", "pattern");
    List<RedactSettings> redact =
        Stream.of(common, settings.redact()).filter(Objects::nonNull).toList();
    this.redactor = redact.isEmpty() ? null : new Redactor(redact, source, redactions);
    Counter dropped =
        metrics.counter(
            "tocsin_agent_dropped_records",
            "records dropped by sampling and rate limits",
            "source",
            "reason");
    this.drops = new DropLedger(source, declarations, clock, nanoTime, dropped);
  }

  /** What becomes of the next record; null for a measurement. Counts it: ask once for each. */
  public Verdict admit(@Nullable Level level) {
    return gate == null ? Verdict.Keep.ONE : gate.admit(level);
  }

  /** Whether an event goes on as it is, unless it stands for others that were dropped. */
  public boolean leavesEventsAsTheyAre() {
    return labels.isEmpty() && redactor == null;
  }

  /** The event as it goes on. */
  public LogEvent shape(LogEvent event, Verdict.Keep kept) {
    if (leavesEventsAsTheyAre() && kept.oneIn() == 1) {
      return event;
    }
    String message = redactor == null ? event.message() : redactor.text(event.message());
    Map<String, @Nullable Object> meta = meta(event.meta());
    if (kept.oneIn() > 1) {
      meta.put("sample_rate", kept.oneIn());
    }
    return new LogEvent(
        event.ts(),
        event.service(),
        event.level(),
        event.event(),
        message,
        meta,
        event.host(),
        event.source(),
        event.id());
  }

  /** The measurement as it goes on. */
  public Telemetry shape(Telemetry telemetry) {
    return leavesEventsAsTheyAre()
        ? telemetry
        : new Telemetry(
            telemetry.ts(),
            telemetry.service(),
            telemetry.device(),
            telemetry.kind(),
            redactor == null ? telemetry.values() : redactor.values(telemetry.values()),
            meta(telemetry.meta()),
            telemetry.host(),
            telemetry.id());
  }

  /**
   * Tells of a record that was dropped.
   *
   * @param level null for a measurement
   * @param epoch the epoch part of the source's ids
   * @param sequence the record's, or that of the last one kept where a dropped one has none
   */
  public void dropped(String reason, @Nullable Level level, String epoch, long sequence)
      throws InterruptedException {
    drops.add(reason, level, epoch, sequence);
  }

  /** Declares what was dropped, if the last declaration was ten seconds ago. */
  public void declareWhenDue() throws InterruptedException {
    drops.declareWhenDue();
  }

  /** Declares what was dropped. */
  public void declare() throws InterruptedException {
    drops.declare();
  }

  private Map<String, @Nullable Object> meta(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> meta =
        redactor == null ? new LinkedHashMap<>(fields) : redactor.fields(fields);
    labels.forEach(
        (name, label) -> {
          @Nullable Object own = meta.put(name, label);
          if (own != null && !own.equals(label)) {
            meta.put("exported_" + name, own); // as Prometheus calls it
          }
        });
    return meta;
  }
}
