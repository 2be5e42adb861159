package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStore;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The services of which a shard has read records. At most {@value #MAX}: names beyond that, as a
 * confused producer may make them up without end, get a health only when an alert names them.
 */
final class ServicesSeen {

  private static final int MAX = 10_000;

  private final EngineStore state;
  private final Set<String> names = new HashSet<>();

  ServicesSeen(EngineStore state) {
    this.state = state;
    state.forEachPrefix(
        new byte[0], (key, value) -> names.add(new String(key, StandardCharsets.UTF_8)));
  }

  /** True the first time. */
  boolean isNew(String service) {
    if (names.contains(service) || names.size() >= MAX) {
      return false;
    }
    names.add(service);
    state.put(service.getBytes(StandardCharsets.UTF_8), new byte[0]);
    return true;
  }
}
