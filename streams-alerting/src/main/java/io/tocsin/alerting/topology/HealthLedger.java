package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.ServiceHealth.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The health of the services that live on a shard: what fires for each, and what was last said of
 * it. An urgent alert means failed, any other degraded, none ok.
 */
final class HealthLedger {

  private static final int MAX_REASONS = 10;

  /** Most urgent first, then the oldest. */
  private static final Comparator<HealthNews.Fires> BY_WEIGHT =
      Comparator.comparing(HealthNews.Fires::severity)
          .thenComparing(HealthNews.Fires::at)
          .thenComparing(HealthNews.Fires::fingerprint);

  private final EngineStore state;

  HealthLedger(EngineStore state) {
    this.state = state;
  }

  /** Takes news in; gives the service's health when it reads differently now. */
  Optional<ServiceHealth> on(HealthNews news) {
    switch (news) {
      case HealthNews.Seen ignored -> {}
      case HealthNews.Fires fires ->
          state.put(alertKey(fires.service(), fires.fingerprint()), fires.encode());
      case HealthNews.Resolves resolves ->
          state.delete(alertKey(resolves.service(), resolves.fingerprint()));
    }
    ServiceHealth before = last(news.service());
    ServiceHealth now = derive(news, before);
    if (before != null
        && before.status() == now.status()
        && before.reasons().equals(now.reasons())) {
      return Optional.empty();
    }
    state.put(key('s', news.service()), EventCodec.encode(now));
    return Optional.of(now);
  }

  private ServiceHealth derive(HealthNews news, @Nullable ServiceHealth before) {
    List<HealthNews.Fires> firing = firing(news.service());
    Status status = Status.OK;
    if (!firing.isEmpty()) {
      boolean urgent = firing.getFirst().severity() == Severity.HIGH;
      status = urgent ? Status.FAILED : Status.DEGRADED;
    }
    List<String> reasons =
        firing.stream().limit(MAX_REASONS).map(HealthNews.Fires::summary).toList();
    // News of several shards may come out of order by a little; a status never began before the
    // one it ended.
    Instant at = before == null || before.ts().isBefore(news.at()) ? news.at() : before.ts();
    Instant since = before != null && before.status() == status ? before.since() : at;
    return new ServiceHealth(news.service(), status, since, at, reasons);
  }

  private List<HealthNews.Fires> firing(String service) {
    List<HealthNews.Fires> firing = new ArrayList<>();
    state.forEachPrefix(
        alertKey(service, ""),
        (key, value) -> {
          if (HealthNews.decode(value) instanceof HealthNews.Fires fires) {
            firing.add(fires);
          }
        });
    firing.sort(BY_WEIGHT);
    return firing;
  }

  private @Nullable ServiceHealth last(String service) {
    byte[] json = state.get(key('s', service));
    try {
      return json == null ? null : EventCodec.decodeHealth(json);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("a health that nobody here wrote", e);
    }
  }

  private static byte[] alertKey(String service, String fingerprint) {
    return key('a', service + '\0' + fingerprint);
  }

  private static byte[] key(char mark, String text) {
    return (mark + text).getBytes(StandardCharsets.UTF_8);
  }
}
