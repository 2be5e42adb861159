package io.tocsin.agent.source.host;

import io.tocsin.agent.source.host.Sample.Disk;
import io.tocsin.agent.source.host.Sample.Space;
import io.tocsin.agent.source.host.Sample.Traffic;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two samples become named values. The names are read by the rules that Tocsin ships with ({@code
 * cpu-high}, {@code memory-high}, {@code disk-full}, {@code network-traffic-unusual}, {@code
 * disk-io-unusual}). What is not known is left out: a 0 would be a measurement.
 */
final class HostValues {

  private static final String[] LOADS = {"load_1m", "load_5m", "load_15m"};

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private HostValues() {}

  /** The values of {@code now}; {@code before} gives what is counted by time, when there is one. */
  static Map<String, @Nullable Object> of(@Nullable Sample before, Sample now) {
    HostValues it = new HostValues();
    it.cpu(before, now);
    it.space("memory", now.memory());
    it.space("swap", now.swap());
    for (int i = 0; i < now.load().size(); i++) {
      if (now.load().get(i) >= 0) {
        it.values.put(LOADS[i], rounded(now.load().get(i)));
      }
    }
    it.disks(now);
    if (before != null) {
      double seconds = (now.nanos() - before.nanos()) / 1e9;
      it.rate("network", "received", "sent", before.network(), now.network(), seconds);
      it.rate("disk_io", "read", "written", before.diskIo(), now.diskIo(), seconds);
    }
    if (now.celsius() != null) {
      it.values.put("temperature_celsius", rounded(now.celsius()));
    }
    return it.values;
  }

  private void cpu(@Nullable Sample before, Sample now) {
    if (before == null || before.cpu() == null || now.cpu() == null) {
      return;
    }
    long all = now.cpu().all() - before.cpu().all();
    long busy = now.cpu().busy() - before.cpu().busy();
    if (all > 0 && busy >= 0 && busy <= all) {
      values.put("cpu_percent", rounded(100.0 * busy / all));
    }
  }

  private void space(String what, @Nullable Space space) {
    if (space != null && space.total() > 0) {
      values.put(what + "_percent", rounded(100.0 * space.used() / space.total()));
      values.put(what + "_used_bytes", space.used());
      values.put(what + "_total_bytes", space.total());
    }
  }

  private void disks(Sample now) {
    now.disks().stream()
        .max(Comparator.comparingDouble(Disk::percent))
        .ifPresent(
            fullest -> {
              values.put("disk_percent", rounded(fullest.percent()));
              values.put("disk_free_bytes", fullest.free());
              values.put("disk_fullest", fullest.mount());
            });
  }

  private void rate(
      String what,
      String in,
      String out,
      Map<String, Traffic> before,
      Map<String, Traffic> now,
      double seconds) {
    long came = 0;
    long went = 0;
    boolean known = false;
    for (var each : now.entrySet()) {
      Traffic then = before.get(each.getKey());
      // A device that is new, or whose counters began anew, has no rate this time.
      if (then != null
          && each.getValue().in() >= then.in()
          && each.getValue().out() >= then.out()) {
        came += each.getValue().in() - then.in();
        went += each.getValue().out() - then.out();
        known = true;
      }
    }
    if (known && seconds > 0) {
      values.put(what + "_bytes_per_second", rounded((came + went) / seconds));
      values.put(what + "_" + in + "_bytes_per_second", rounded(came / seconds));
      values.put(what + "_" + out + "_bytes_per_second", rounded(went / seconds));
    }
  }

  /** Two digits are more than any of these is exact to. */
  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
