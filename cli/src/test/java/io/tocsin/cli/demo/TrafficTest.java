package io.tocsin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {

  private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theApiFailsInBurstsThatBeginSoonAndEnd(long seed) throws Exception {
    // Given
    TickingClock clock = new TickingClock(START);
    ApiTraffic api = new ApiTraffic(log("api", clock), new Random(seed));

    // When
    play(api, clock, Duration.ofMinutes(15));

    // Then
    List<Duration> bursts = burstBeginnings(lines("api"));
    assertThat(bursts.getFirst()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(22));
    assertThat(bursts).hasSizeBetween(5, 8);
    for (int i = 1; i < bursts.size(); i++) {
      assertThat(bursts.get(i).minus(bursts.get(i - 1)))
          .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(200));
    }
  }

  @Test
  void linesAreStampedInTheStationsLocalTimeWithoutAZone() throws Exception {
    // Given
    TickingClock clock = new TickingClock(START);

    // When
    play(new ApiTraffic(log("api", clock), new Random(1)), clock, Duration.ofMinutes(2));

    // Then
    Map<String, Object> first = lines("api").getFirst();
    assertThat(first)
        .containsEntry("timestamp", "2026-11-21T12:00:00.000000")
        .containsEntry("level", "INFO")
        .containsEntry("logger", "api")
        .containsEntry("type", "api_request")
        .containsKeys("message", "method", "path", "client_ip", "status_code", "response_time_ms")
        .containsEntry("function", null);
    assertThat(lines("api"))
        .filteredOn(line -> line.get("level").equals("ERROR"))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.get("exception").toString())
                    .startsWith("Traceback (most recent call last):\n  File \"/home/charger/"));
  }

  @Test
  void theWorkerAndThePageFailNowAndThen() throws Exception {
    // Given
    TickingClock clock = new TickingClock(START);

    // When
    play(new WorkerTraffic(log("worker", clock), new Random(1)), clock, Duration.ofMinutes(30));
    play(new UiTraffic(log("ui", clock), new Random(1)), clock, Duration.ofMinutes(30));

    // Then
    assertThat(lines("worker"))
        .anyMatch(line -> line.get("message").toString().contains("tamamlandı"))
        .anyMatch(line -> String.valueOf(line.get("exception")).contains("behavior_engine"));
    assertThat(lines("ui"))
        .anyMatch(line -> line.get("type").equals("page_view"))
        .anyMatch(line -> line.get("type").equals("ui_error"));
  }

  @Test
  void aFullFileIsRenamedAndTwoAreKept() throws Exception {
    // Given
    RotatingFile file = new RotatingFile(dir.resolve("a.log"), 10);

    // When
    for (int i = 1; i <= 9; i++) {
      file.append(("line" + i + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    // Then
    assertThat(dir.resolve("a.log")).hasContent("line9\n");
    assertThat(dir.resolve("a.log.1")).hasContent("line8\n");
    assertThat(dir.resolve("a.log.2")).hasContent("line7\n");
    try (var all = Files.list(dir)) {
      assertThat(all).hasSize(3);
    }
  }

  private static void play(Traffic traffic, TickingClock clock, Duration duration) {
    Instant end = clock.instant().plus(duration);
    while (clock.instant().isBefore(end)) {
      clock.advance(traffic.speak());
    }
  }

  /** When the fifth error within 20 s comes, as a count rule sees it, since the start. */
  private static List<Duration> burstBeginnings(List<Map<String, Object>> lines) {
    List<LocalDateTime> errors =
        lines.stream()
            .filter(line -> line.get("level").equals("ERROR"))
            .map(line -> LocalDateTime.parse(line.get("timestamp").toString()))
            .toList();
    LocalDateTime start = LocalDateTime.parse("2026-11-21T12:00:00");
    List<Duration> beginnings = new ArrayList<>();
    for (int i = 4; i < errors.size(); i++) {
      Duration at = Duration.between(start, errors.get(i));
      boolean rings = Duration.between(errors.get(i - 4), errors.get(i)).toSeconds() < 20;
      boolean already = !beginnings.isEmpty() && at.minus(beginnings.getLast()).toSeconds() < 60;
      if (rings && !already) {
        beginnings.add(at);
      }
    }
    return beginnings;
  }

  private ServiceLog log(String service, TickingClock clock) {
    return new ServiceLog(
        service, new RotatingFile(dir.resolve(service + ".log")), clock, DemoFiles.ZONE);
  }

  private List<Map<String, Object>> lines(String service) throws Exception {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(dir.resolve(service + ".log"))) {
      lines.add(EventCodec.decodeObject(line.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }
}
