package io.tocsin.console.live;

import io.tocsin.event.ServiceHealth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The latest health of each service. There are as many as services. Thread-safe. */
final class HealthBoard {

  private final Map<String, ServiceHealth> services = new TreeMap<>();

  synchronized void put(ServiceHealth health) {
    services.put(health.service(), health);
  }

  synchronized void remove(String service) {
    services.remove(service);
  }

  synchronized void clear() {
    services.clear();
  }

  /** By name. */
  synchronized List<ServiceHealth> all() {
    return List.copyOf(services.values());
  }
}
