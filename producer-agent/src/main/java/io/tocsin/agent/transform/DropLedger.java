package io.tocsin.agent.transform;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.agent.source.EventSink;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was dropped of a source: each counted at once, the first declared at once, those after it
 * together every ten seconds. Thread-safe.
 */
final class DropLedger {

  private static final long APART = Duration.ofSeconds(10).toNanos();

  private record Heading(String reason, String epoch) {}

  /** Drops of one reason in one epoch that are not declared yet. */
  private static final class Entry {
    private final long from;
    private long to;
    private long records;
    private final Map<String, Long> byLevel = new TreeMap<>();

    Entry(long from) {
      this.from = from;
    }
  }

  private final String source;
  private final EventSink declarations;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Counter counter;
  private final Map<Heading, Entry> open = new LinkedHashMap<>();
  private boolean declaredBefore;
  private long declaredAt;

  DropLedger(
      String source,
      EventSink declarations,
      InstantSource clock,
      LongSupplier nanoTime,
      Counter counter) {
    this.source = source;
    this.declarations = declarations;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.counter = counter;
  }

  /** Null level for a measurement. */
  synchronized void add(String reason, @Nullable Level level, String epoch, long sequence)
      throws InterruptedException {
    counter.labelValues(source, reason).inc();
    Entry entry = open.computeIfAbsent(new Heading(reason, epoch), key -> new Entry(sequence));
    entry.to = Math.max(entry.to, sequence);
    entry.records++;
    entry.byLevel.merge(level == null ? "measurements" : level.name(), 1L, Long::sum);
    declareWhenDue();
  }

  synchronized void declareWhenDue() throws InterruptedException {
    if (!declaredBefore || nanoTime.getAsLong() - declaredAt >= APART) {
      declare();
    }
  }

  /** Declares all there is, now. An interrupt leaves the rest for the next time. */
  synchronized void declare() throws InterruptedException {
    var entries = open.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Heading, Entry> next = entries.next();
      declarations.accept(event(next.getKey(), next.getValue()));
      entries.remove();
      declaredBefore = true;
      declaredAt = nanoTime.getAsLong();
    }
  }

  private LogEvent event(Heading heading, Entry entry) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("source", source);
    meta.put("reason", heading.reason());
    meta.put("epoch", heading.epoch());
    meta.put("from", entry.from);
    meta.put("to", entry.to);
    meta.put("records", entry.records);
    meta.put("by_level", new LinkedHashMap<>(entry.byLevel));
    String message =
        "%s: %d %s dropped (%s)"
            .formatted(
                source, entry.records, entry.records == 1 ? "record" : "records", heading.reason());
    return LogEvent.of(
        clock.instant(), "tocsin-agent", Level.WARNING, "records_dropped", message, meta);
  }
}
