package io.tocsin.bootstrap.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real datagram socket. */
class SystemdTest {

  @TempDir Path dir;
  private final AtomicLong now = new AtomicLong();

  @Test
  void theLifeOfAServiceIsTold() throws Throwable {
    Path socket = dir.resolve("notify");
    try (NotifyListener listener = NotifyListener.at(socket)) {
      // Given
      Systemd systemd = new Systemd(Map.of("NOTIFY_SOCKET", socket.toString()), now::get);

      // When
      systemd.ready();
      systemd.status("connected to kafka:9092");
      systemd.status("connected to kafka:9092");
      systemd.reloading();
      systemd.ready();
      systemd.stopping();

      // Then
      assertThat(listener.received())
          .containsExactly(
              "READY=1", "STATUS=connected to kafka:9092", "RELOADING=1", "READY=1", "STOPPING=1");
    }
  }

  @Test
  void signsOfLifeComeTwiceInTheWatchdogsTime() throws Throwable {
    Path socket = dir.resolve("notify");
    try (NotifyListener listener = NotifyListener.at(socket)) {
      // Given
      Systemd systemd =
          new Systemd(
              Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "10000000"), now::get);

      // When
      for (int i = 0; i < 100; i++) {
        systemd.alive();
        now.addAndGet(Duration.ofMillis(200).toNanos());
      }

      // Then
      assertThat(listener.received()).hasSize(4).containsOnly("WATCHDOG=1");
    }
  }

  @Test
  void withoutSystemdNothingHappens() {
    Systemd alone = new Systemd(Map.of(), now::get);
    Systemd nobody = new Systemd(Map.of("NOTIFY_SOCKET", dir.resolve("none").toString()), now::get);
    assertThatCode(
            () -> {
              alone.ready();
              alone.alive();
              nobody.ready();
              nobody.stopping();
            })
        .doesNotThrowAnyException();
  }
}
