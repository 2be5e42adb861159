package io.tocsin.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a service fares, on {@code tocsin.health}.
 *
 * @param service the service; also the record's key
 * @param since when it entered this status
 * @param ts when this was last derived
 * @param reasons why, for people: the summaries of the alerts and probes behind it; empty when ok
 */
public record ServiceHealth(
    String service, Status status, Instant since, Instant ts, List<String> reasons) {

  public ServiceHealth {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(ts, "ts");
    Objects.requireNonNull(reasons, "reasons");
  }

  /** On the wire in lower case. */
  public enum Status {
    OK,
    DEGRADED,
    FAILED,
    UNKNOWN
  }
}
