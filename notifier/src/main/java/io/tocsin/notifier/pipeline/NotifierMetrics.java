package io.tocsin.notifier.pipeline;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.tocsin.bootstrap.Metrics;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** What the notifier counts. Thread-safe. */
final class NotifierMetrics {

  private final Counter deliveries;
  private final Counter retries;
  private final Counter givenUp;
  private final Counter unannounced;
  private final Counter summedUp;
  private final Counter hushed;
  private final Counter inhibitedAway;
  private final Histogram attempts;
  private final Histogram told;

  /**
   * Counts into {@code metrics}.
   *
   * @param pending how many notifications wait to be told
   * @param held how many are held back for a reason
   */
  NotifierMetrics(Metrics metrics, DoubleSupplier pending, ToDoubleFunction<Hold> held) {
    deliveries =
        metrics.counter(
            "tocsin_notifier_deliveries",
            "Attempts to tell a receiver, by what came of them.",
            "receiver",
            "outcome");
    retries =
        metrics.counter(
            "tocsin_notifier_retries", "Notifications put back to be tried again.", "receiver");
    givenUp =
        metrics.counter(
            "tocsin_notifier_given_up",
            "Notifications that went to the dead letters.",
            "receiver",
            "reason");
    unannounced =
        metrics.counter(
            "tocsin_notifier_unannounced",
            "Events about notifications given up that did not get onto tocsin.logs.",
            "receiver");
    summedUp =
        metrics.counter(
            "tocsin_notifier_summed_up",
            "Notifications that stood in an attempt at a summary.",
            "receiver");
    hushed =
        metrics.counter(
            "tocsin_notifier_silenced_away",
            "Episodes that began and ended within silences, of which nobody was told.",
            "receiver");
    inhibitedAway =
        metrics.counter(
            "tocsin_notifier_inhibited_away",
            "Episodes that began and ended while others inhibited them, of which nobody was told.",
            "receiver");
    attempts =
        metrics.seconds(
            "tocsin_notifier_delivery_seconds", "How long a receiver took to answer.", "receiver");
    told =
        metrics.seconds(
            "tocsin_notifier_latency_seconds",
            "From the transition's append to its topic until the receiver had it.",
            "receiver");
    metrics.gauge("tocsin_notifier_pending", "Notifications that wait to be told.", pending);
    metrics.gauge(
        "tocsin_notifier_silenced",
        "Notifications that silences hold back now.",
        () -> held.applyAsDouble(Hold.SILENCED));
    metrics.gauge(
        "tocsin_notifier_inhibited",
        "Notifications held back while other alerts fire.",
        () -> held.applyAsDouble(Hold.INHIBITED));
    metrics.gauge(
        "tocsin_notifier_grouped",
        "Notifications that wait to be told together with others.",
        () -> held.applyAsDouble(Hold.GROUPED));
    metrics.gauge(
        "tocsin_notifier_not_escalated",
        "Notifications for receivers that are told only when nobody takes care in time.",
        () -> held.applyAsDouble(Hold.NOT_ESCALATED));
  }

  void attempted(String receiver, Outcome outcome, Duration took) {
    deliveries.labelValues(receiver, outcome.label()).inc();
    attempts.labelValues(receiver).observe(seconds(took));
  }

  void told(String receiver, Duration since) {
    told.labelValues(receiver).observe(Math.max(0, seconds(since)));
  }

  void summedUp(String receiver, int notifications) {
    summedUp.labelValues(receiver).inc(notifications);
  }

  void withheld(String receiver, Hold why) {
    switch (why) {
      case SILENCED -> hushed.labelValues(receiver).inc();
      case INHIBITED -> inhibitedAway.labelValues(receiver).inc();
      case NOT_ESCALATED, GROUPED -> {} // as it should be: somebody cared, or it was over
    }
  }

  void retried(String receiver) {
    retries.labelValues(receiver).inc();
  }

  void gaveUp(String receiver, Reason reason) {
    givenUp.labelValues(receiver, reason.label()).inc();
  }

  void unannounced(String receiver) {
    unannounced.labelValues(receiver).inc();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
