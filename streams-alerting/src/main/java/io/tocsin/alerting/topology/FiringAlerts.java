package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.event.Alert;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that fire on a shard, each with the services it concerns. These are kept from the
 * firing on, because a rule may be gone when its alert resolves.
 */
final class FiringAlerts {

  private static final FieldPath SERVICE = FieldPath.of("service");

  private final EngineStore state;
  private int count;

  FiringAlerts(EngineStore state) {
    this.state = state;
    state.forEachPrefix(new byte[0], (key, value) -> count++);
  }

  /** Takes a transition in; gives the services it concerns. */
  List<String> note(Alert alert, Optional<AlertRule> rule) {
    byte[] key = alert.fingerprint().getBytes(StandardCharsets.UTF_8);
    byte[] known = state.get(key);
    return switch (alert.status()) {
      case FIRING -> {
        Set<String> services = servicesOf(alert, rule);
        state.put(key, String.join("\0", services).getBytes(StandardCharsets.UTF_8));
        count += known == null ? 1 : 0;
        yield List.copyOf(services);
      }
      case RESOLVED -> {
        state.delete(key);
        count -= known == null ? 0 : 1;
        yield split(known);
      }
    };
  }

  /** How many fire now. */
  int count() {
    return count;
  }

  private static Set<String> servicesOf(Alert alert, Optional<AlertRule> rule) {
    Object service = alert.group().get("service");
    if (service != null) {
      return Set.of(service.toString());
    }
    return rule.map(AlertRule::match)
        .map(match -> Pins.of(match, SERVICE))
        .orElseGet(LinkedHashSet::new);
  }

  private static List<String> split(byte @Nullable [] services) {
    return services == null || services.length == 0
        ? List.of()
        : List.of(new String(services, StandardCharsets.UTF_8).split("\0", -1));
  }
}
