package io.tocsin.agent.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.source.host.ProcessSample.Identity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessWatchTest {

  private static final long SECOND = 1_000_000_000L;

  private final ProcessWatch watch = new ProcessWatch();
  private long now;

  @Test
  void aProgramOfTwoProcessesIsMeasuredAsOne() {
    // When
    Map<String, @Nullable Object> first = see(1, 2);
    Map<String, @Nullable Object> second = see(1, 2);

    // Then: threads-high reads the threads; each process spends 100 ms of CPU a second here
    assertThat(first)
        .isEqualTo(
            Map.of("processes", 2, "restarts", 0L, "threads", 6, "process_memory_bytes", 2000L));
    assertThat(second).containsEntry("process_cpu_percent", 20.0);
  }

  @Test
  void aProgramThatIsAwayHasNoThreads() {
    assertThat(see()).isEqualTo(Map.of("processes", 0, "restarts", 0L));
  }

  @Test
  void aNewProcessIsARestartOnlyWhereOneWentAway() {
    assertThat(see(1)).containsEntry("restarts", 0L);
    assertThat(see(1, 2)).containsEntry("restarts", 0L); // one more
    assertThat(see(1, 3)).containsEntry("restarts", 1L); // 2 became 3
    assertThat(see()).containsEntry("restarts", 1L); // both away
    assertThat(see(4)).containsEntry("restarts", 2L);
    assertThat(see(4, 5)).containsEntry("restarts", 3L);
    assertThat(see(4, 5, 6)).containsEntry("restarts", 3L);
  }

  private Map<String, @Nullable Object> see(int... pids) {
    Map<Identity, ProcessSample> found = new HashMap<>();
    for (int pid : pids) {
      found.put(new Identity(pid, 7), new ProcessSample(now / 10_000_000, 1000, 3));
    }
    Map<String, @Nullable Object> values = watch.see(found, now);
    now += SECOND;
    return values;
  }
}
