package io.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Probes and the host, from the agent's file to the records that the shipped rules read. */
@Timeout(180)
class AgentMeasuringTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path dir;

  @Test
  void whatIsMeasuredArrivesAsTheRulesExpectIt() throws Exception {
    try (KafkaBox kafka = new KafkaBox(dir.resolve("broker"));
        ServerSocket redis = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      // Given: a service that is there, and one that is not
      int closed;
      try (ServerSocket once = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        closed = once.getLocalPort();
      }
      AgentFile file =
          ConfigReader.read(
              "agent.yaml",
              """
              agent: { name: edge-01, data: %s }
              sources:
                - probe: { name: up, service: redis, tcp: "127.0.0.1:%d", every: 1s }
                - probe: { name: down, service: api, tcp: "127.0.0.1:%d", every: 1s }
                - host: { every: 1s }
              """
                  .formatted(dir.resolve("data"), redis.getLocalPort(), closed),
              AgentFile.class);
      String host = AgentSettings.hostName();

      // When
      try (AgentService agent =
          new AgentService(file, kafka.settings(), new Metrics(), Clock.systemUTC())) {
        agent.start();
        await().atMost(SOON).until(() -> kafka.telemetry("up").size() >= 2);
        await().atMost(SOON).until(() -> kafka.telemetry("down").size() >= 2);
        await().atMost(SOON).until(() -> kafka.telemetry(host).size() >= 3);
      }

      // Then: service-down and redis-down want kind, service, device and ok, twice in a row
      assertThat(kafka.telemetry("up")).allSatisfy(got -> isProbe(got, "redis", 1));
      assertThat(kafka.telemetry("down")).allSatisfy(got -> isProbe(got, "api", 0));
      assertThat(kafka.logs("down"))
          .extracting(got -> got.text("event"))
          .containsExactly("probe_failed");
      // cpu-high, memory-high and disk-full group by device
      Got measured = kafka.telemetry(host).getLast();
      assertThat(measured.key()).isEqualTo(host);
      assertThat(measured.text("kind")).isEqualTo("host");
      assertThat(measured.object("values"))
          .containsKeys("cpu_percent", "memory_percent", "disk_percent");
    }
  }

  private static void isProbe(Got got, String service, int ok) {
    assertThat(got.key()).isEqualTo(got.text("device"));
    assertThat(got.text("kind")).isEqualTo("probe");
    assertThat(got.text("service")).isEqualTo(service);
    assertThat(got.object("values")).containsEntry("ok", ok);
    assertThat(got.object("values").containsKey("response_ms")).isEqualTo(ok == 1);
  }
}
