package io.tocsin.agent.source.host;

import io.tocsin.agent.source.host.ProcessSample.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One watched program over time. Its {@code threads} are read by the rule {@code threads-high}; its
 * CPU and memory have names of their own, so that the rules for hosts leave it alone. For one
 * thread.
 */
final class ProcessWatch {

  private @Nullable Map<Identity, ProcessSample> before;
  private long beforeNanos;
  private long missing;
  private long restarts;

  /** The values of the processes that are there now. */
  Map<String, @Nullable Object> see(Map<Identity, ProcessSample> now, long nanos) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    countRestarts(now);
    values.put("processes", now.size());
    values.put("restarts", restarts);
    if (!now.isEmpty()) {
      values.put("threads", now.values().stream().mapToInt(ProcessSample::threads).sum());
      values.put(
          "process_memory_bytes",
          now.values().stream().mapToLong(ProcessSample::residentBytes).sum());
    }
    cpu(now, nanos, values);
    before = now;
    beforeNanos = nanos;
    return values;
  }

  /** A process that is new where one went away before is a restart; any other is one more. */
  private void countRestarts(Map<Identity, ProcessSample> now) {
    if (before == null) {
      return;
    }
    missing += before.keySet().stream().filter(each -> !now.containsKey(each)).count();
    long fresh = now.keySet().stream().filter(each -> !before.containsKey(each)).count();
    long revived = Math.min(missing, fresh);
    missing -= revived;
    restarts += revived;
  }

  /** 100 is one core. A process that was not there before has no rate yet. */
  private void cpu(Map<Identity, ProcessSample> now, long nanos, Map<String, @Nullable Object> to) {
    if (before == null || nanos <= beforeNanos) {
      return;
    }
    long millis = 0;
    boolean known = false;
    for (var each : now.entrySet()) {
      ProcessSample then = before.get(each.getKey());
      if (then != null) {
        millis += Math.max(0, each.getValue().cpuMillis() - then.cpuMillis());
        known = true;
      }
    }
    if (known) {
      double passed = (nanos - beforeNanos) / 1e6;
      to.put("process_cpu_percent", HostValues.rounded(100 * millis / passed));
    }
  }
}
