package io.tocsin.agent.source.probe;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.agent.source.EventSink;
import io.tocsin.agent.source.probe.Finding.Failure;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe tells: each finding as telemetry, each change as a log event. The names of the
 * values are read by the rules that Tocsin ships with ({@code service-down}, {@code redis-down},
 * {@code certificate-expires}). For one thread.
 */
final class ProbeLog {

  private final ProbeConfig config;
  private final EventSink sink;
  private final Counter checks;
  private boolean wasWell = true;

  ProbeLog(ProbeConfig config, EventSink sink, Metrics metrics) {
    this.config = config;
    this.sink = sink;
    this.checks =
        metrics.counter("tocsin_agent_probe_checks", "checks by their result", "probe", "result");
  }

  void tell(Instant ts, Finding finding) throws InterruptedException {
    Failure failure = finding.failure();
    checks.labelValues(config.name(), failure == null ? "ok" : failure.label()).inc();
    sink.accept(
        new Telemetry(
            ts,
            config.service(),
            config.name(),
            "probe",
            values(finding),
            meta(finding),
            null,
            null));
    if (finding.isWell() != wasWell) {
      wasWell = finding.isWell();
      tellChange(ts, finding);
    }
  }

  private static Map<String, @Nullable Object> values(Finding finding) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(finding.values());
    values.put("ok", finding.isWell() ? 1 : 0);
    if (finding.nanos() != null) {
      values.put("response_ms", Math.round(finding.nanos() / 10_000.0) / 100.0);
    } else {
      values.remove("response_ms"); // a command may not say what was not measured
    }
    return values;
  }

  private Map<String, @Nullable Object> meta(Finding finding) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("target", config.target());
    if (finding.failure() != null) {
      meta.put("reason", finding.failure().label());
    }
    meta.put("detail", finding.detail());
    return meta;
  }

  /** A warning and no error: the rules that count a service's errors must not count the probe's. */
  private void tellChange(Instant ts, Finding finding) throws InterruptedException {
    Map<String, @Nullable Object> meta = meta(finding);
    meta.put("device", config.name());
    sink.accept(
        finding.isWell()
            ? event(ts, Level.INFO, "probe_recovered", "answers again: ", finding, meta)
            : event(ts, Level.WARNING, "probe_failed", "does not answer: ", finding, meta));
  }

  private LogEvent event(
      Instant ts,
      Level level,
      String event,
      String what,
      Finding finding,
      Map<String, @Nullable Object> meta) {
    String message = "probe " + config.name() + " " + what + finding.detail();
    return LogEvent.of(ts, config.service(), level, event, message, meta);
  }
}
