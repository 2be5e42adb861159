package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PseudoSerialPortLinkTest {
  @TempDir Path dir;

  @Test
  void aLinkComesBackWithTheNextDevice() throws IOException {
    // Given
    Path link = dir.resolve("devices/charger-01");
    PseudoSerialPort.open(link).close();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();

    // When
    try (PseudoSerialPort port = PseudoSerialPort.open(link);
        InputStream reader = new FileInputStream(link.toFile())) {
      port.toReader().write('x');

      // Then
      assertThat(link.toRealPath()).isEqualTo(port.device());
      assertThat(reader.read()).isEqualTo('x');
    }
  }

  @Test
  void aLinkLeftByAKilledProcessIsReplaced() throws IOException {
    // Given
    Path link = Files.createSymbolicLink(dir.resolve("tty"), Path.of("/dev/pts/none"));

    // When
    try (PseudoSerialPort port = PseudoSerialPort.open(link)) {

      // Then
      assertThat(Files.readSymbolicLink(link)).isEqualTo(port.device());
    }
  }

  @Test
  void anOldPortLeavesTheLinkOfANewerOne() throws IOException {
    // Given
    Path link = dir.resolve("tty");
    PseudoSerialPort old = PseudoSerialPort.open(link);
    try (PseudoSerialPort port = PseudoSerialPort.open(link)) {
      // When
      old.close();

      // Then
      assertThat(Files.readSymbolicLink(link)).isEqualTo(port.device());
    }
  }

  @Test
  void aFileIsNeverReplacedByALink() throws IOException {
    // Given
    Path file = Files.writeString(dir.resolve("ttyUSB0"), "precious");

    // When // Then
    assertThatThrownBy(() -> PseudoSerialPort.open(file))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not a link");
    assertThat(file).hasContent("precious");
  }
}
