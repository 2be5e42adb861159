package io.tocsin.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorldTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void aStationAnswersAndServicesWriteUntilItIsClosed() throws Exception {
    // Given
    DemoWorld world = DemoWorld.start(dir, 1, Clock.systemUTC());
    Path port = dir.resolve("demo-ttyUSB0");
    await().atMost(SOON).until(() -> Files.exists(port));

    // When
    StringBuilder heard = new StringBuilder();
    try (InputStream in = Files.newInputStream(port);
        OutputStream out = Files.newOutputStream(port)) {
      out.write(HexFormat.of().parseHex("41002C0010"));
      out.flush();
      while (heard.indexOf("<ACK;CMD=READSTAT;STATUS=OK;>") < 0) {
        byte[] some = new byte[256];
        heard.append(new String(some, 0, in.read(some), US_ASCII));
      }
    }
    await()
        .atMost(SOON)
        .until(
            () ->
                List.of("api", "worker", "ui").stream()
                    .allMatch(service -> Files.exists(dir.resolve(service + ".log"))));
    world.close();

    // Then
    assertThat(heard.toString()).startsWith("CSRPI Charging Station");
    assertThat(Files.exists(port, LinkOption.NOFOLLOW_LINKS)).isFalse();
    long written = Files.size(dir.resolve("api.log"));
    assertThat(written).isPositive();
  }

  @Test
  void aPortThatNobodyReadsDoesNotHoldUpTheEnd() {
    // Given
    DemoWorld world = DemoWorld.start(dir, 1, Clock.systemUTC());
    await().atMost(SOON).until(() -> Files.exists(dir.resolve("demo-ttyUSB0")));
    long since = System.nanoTime();

    // When
    world.close();
    world.close();

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aFolderIsUsedAgain() throws Exception {
    // Given
    DemoWorld.start(dir, 1, Clock.systemUTC()).close();
    Files.writeString(dir.resolve("api.log"), "kept\n");

    // When
    DemoWorld world = DemoWorld.start(dir, 1, Clock.systemUTC());
    await().atMost(SOON).until(() -> Files.size(dir.resolve("api.log")) > 5);
    world.close();

    // Then
    assertThat(dir.resolve("api.log")).content().startsWith("kept\n{\"timestamp\":");
  }

  @Test
  void theRulesAreRules() {
    try (DemoWorld world = DemoWorld.start(dir, 1, Clock.systemUTC())) {
      assertThat(RuleSet.read(List.of(world.rulesFile())).rules())
          .extracting(AlertRule::name)
          .containsExactly(
              "api-error-burst", "station-fault", "station-unplugged", "ui-user-errors");
    }
  }
}
