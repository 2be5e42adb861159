package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes known what comes of a shard's work: transitions, and what they mean to services. */
final class Announcer {

  private final Outlet outlet;
  private final AlertingMetrics metrics;
  private final Shards shards;
  private final int shard;
  private final FiringAlerts firing;
  private final ServicesSeen seen;
  private final HealthLedger health;

  Announcer(ShardStore store, Outlet outlet, AlertingMetrics metrics, Shards shards, int shard) {
    this.outlet = outlet;
    this.metrics = metrics;
    this.shards = shards;
    this.shard = shard;
    this.firing = new FiringAlerts(StatePart.FIRING.in(store));
    this.seen = new ServicesSeen(StatePart.SEEN.in(store));
    this.health = new HealthLedger(StatePart.HEALTH.in(store));
  }

  /** Sends transitions out, in their order. */
  void publish(List<Alert> transitions, Function<String, Optional<AlertRule>> rules) {
    for (Alert alert : transitions) {
      outlet.alert(alert);
      metrics.transition(alert.status());
      for (String service : firing.note(alert, rules.apply(alert.rule()))) {
        tell(HealthNews.of(alert, service));
      }
    }
  }

  /** Notes that a record of its service was read. */
  void greet(EventRecord event, Instant appendedAt) {
    Object service = event.fields().get("service");
    if (service != null && seen.isNew(service.toString())) {
      tell(new HealthNews.Seen(service.toString(), appendedAt));
    }
  }

  /** Takes in news of a service that lives here. */
  void take(HealthNews news) {
    health.on(news).ifPresent(outlet::health);
  }

  /** How many alerts fire on this shard. */
  int firing() {
    return firing.count();
  }

  private void tell(HealthNews news) {
    if (shards.of(news.service()) == shard) {
      take(news);
    } else {
      outlet.travel(news.service(), news.encode(), new Travel(Travel.HEALTH, news.at()));
    }
  }
}
