package io.tocsin.agent.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.source.host.Sample.Cpu;
import io.tocsin.agent.source.host.Sample.Disk;
import io.tocsin.agent.source.host.Sample.Space;
import io.tocsin.agent.source.host.Sample.Traffic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The names are those that the rules for hosts in default-pack.yaml read. */
class HostValuesTest {

  private static final Sample NOTHING =
      new Sample(0, null, null, null, List.of(), List.of(), Map.of(), Map.of(), null);

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(HostValues.of(null, NOTHING)).isEmpty();
    assertThat(HostValues.of(NOTHING, NOTHING)).isEmpty();
  }

  @Test
  void oneSampleGivesWhatNeedsNoTime() {
    // Given
    Sample now =
        new Sample(
            0,
            new Cpu(10, 100),
            new Space(3, 4),
            new Space(0, 0),
            List.of(0.5, -1.0, 2.0),
            List.of(new Disk("/", 45, 55), new Disk("/data", 95, 5)),
            Map.of("eth0", new Traffic(1, 1)),
            Map.of("sda", new Traffic(1, 1)),
            47.123);

    // When
    Map<String, @Nullable Object> values = HostValues.of(null, now);

    // Then: memory-high and disk-full read two of them; there is no swap, and no load over 5 min
    assertThat(values)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "memory_percent", 75.0,
                "memory_used_bytes", 3L,
                "memory_total_bytes", 4L,
                "load_1m", 0.5,
                "load_15m", 2.0,
                "disk_percent", 95.0,
                "disk_free_bytes", 5L,
                "disk_fullest", "/data",
                "temperature_celsius", 47.12));
  }

  @Test
  void twoSamplesGiveRates() {
    // Given: two seconds apart
    Sample before = counted(0, new Cpu(10, 100), "eth0", new Traffic(1000, 50));
    Sample now = counted(2_000_000_000L, new Cpu(40, 200), "eth0", new Traffic(3000, 150));

    // When
    Map<String, @Nullable Object> values = HostValues.of(before, now);

    // Then: cpu-high, network-traffic-unusual and disk-io-unusual read these
    assertThat(values)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cpu_percent", 30.0,
                "network_bytes_per_second", 1050.0,
                "network_received_bytes_per_second", 1000.0,
                "network_sent_bytes_per_second", 50.0,
                "disk_io_bytes_per_second", 1050.0,
                "disk_io_read_bytes_per_second", 1000.0,
                "disk_io_written_bytes_per_second", 50.0));
  }

  @Test
  void countersThatBeganAnewAndNewDevicesHaveNoRate() {
    // Given
    Sample before = counted(0, new Cpu(50, 100), "eth0", new Traffic(1000, 1000));

    // When
    Map<String, @Nullable Object> reset =
        HostValues.of(before, counted(1, new Cpu(1, 2), "eth0", new Traffic(5, 5)));
    Map<String, @Nullable Object> other =
        HostValues.of(before, counted(1, new Cpu(50, 100), "eth1", new Traffic(2000, 2000)));

    // Then
    assertThat(reset).isEmpty();
    assertThat(other).isEmpty();
  }

  private static Sample counted(long nanos, Cpu cpu, String device, Traffic traffic) {
    Map<String, Traffic> all = Map.of(device, traffic);
    return new Sample(nanos, cpu, null, null, List.of(), List.of(), all, all, null);
  }
}
