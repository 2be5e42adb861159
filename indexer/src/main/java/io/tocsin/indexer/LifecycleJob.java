package io.tocsin.indexer;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.indexer.lifecycle.Lifecycle;
import io.tocsin.indexer.lifecycle.LifecycleStep;
import io.tocsin.indexer.lifecycle.SetupFailedException;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the lifecycle every so often on a thread of its own. Several instances may: each finds what
 * the other has left. The first run comes soon after the start, at a random moment, so that
 * instances that were started together do not run together.
 */
final class LifecycleJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LifecycleJob.class);
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(5);

  /** After a run that failed, the next need not wait a day. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

  private final Lifecycle lifecycle;
  private final Duration every;
  private final Counter steps;
  private final Counter failures;
  private final Thread thread;

  LifecycleJob(Lifecycle lifecycle, Duration every, Metrics metrics) {
    this.lifecycle = lifecycle;
    this.every = every;
    this.steps =
        metrics.counter("tocsin_indexer_lifecycle_steps", "Lifecycle steps done, by kind", "step");
    this.failures =
        metrics.counter(
            "tocsin_indexer_lifecycle_failures", "Lifecycle runs that did not come to their end");
    this.thread = Thread.ofVirtual().name("tocsin-indexer-lifecycle").unstarted(this::run);
  }

  /** Does nothing when it is to run never. */
  void start() {
    if (!every.isZero()) {
      thread.start();
    }
  }

  private void run() {
    long first = Math.min(FIRST_WITHIN.toMillis(), every.toMillis());
    try {
      Thread.sleep(RandomGenerator.getDefault().nextLong(first));
      while (!Thread.interrupted()) {
        Thread.sleep(once() ? every : shorter(every, AFTER_FAILURE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Whether it came to its end. */
  boolean once() throws InterruptedException {
    try {
      lifecycle.apply(new StepLog());
      return true;
    } catch (SetupFailedException e) {
      failures.inc();
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the lifecycle of indices did not come to its end, trying again later");
      return false;
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private final class StepLog implements Lifecycle.Listener {
    @Override
    public void begins(LifecycleStep step) {
      steps.labelValues(step.getClass().getSimpleName().toLowerCase(Locale.ROOT)).inc();
      if (!(step instanceof LifecycleStep.Note)) {
        LOG.atInfo().addKeyValue("step", step.text()).log("lifecycle of an index");
      }
    }

    @Override
    public void at(String what, long done, long total) {
      LOG.atDebug().addKeyValue("step", what).addKeyValue("done", done).log("lifecycle goes on");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
