package io.tocsin.agent.pattern;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.tocsin.bootstrap.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the lines on which a source's pattern was given up. Thread-safe. */
public final class GiveUps {

  private static final Logger LOG = LoggerFactory.getLogger(GiveUps.class);

  private final String source;
  private final CounterDataPoint lines;
  private volatile boolean told;

  /** Nothing counted yet. */
  public GiveUps(Metrics metrics, String source) {
    this.source = source;
    this.lines =
        metrics
            .counter(
                "tocsin_agent_patterns_given_up",
                "lines on which a pattern took too long",
                "source")
            .labelValues(source);
  }

  /** Counts one; the first is told. */
  public void add() {
    lines.inc();
    if (!told) {
      told = true;
      LOG.atWarn()
          .addKeyValue("source", source)
          .log("pattern takes too long on a line and is given up there; avoid (a+)+ and (a|b)*");
    }
  }
}
