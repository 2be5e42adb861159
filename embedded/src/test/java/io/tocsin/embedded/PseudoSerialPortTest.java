package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fazecast.jSerialComm.SerialPort;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PseudoSerialPortTest {
  private static final byte[] EVERY_BYTE = everyByte();

  @Test
  void everyByteReachesTheReaderUnchanged() throws IOException {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open();
        InputStream reader = new FileInputStream(port.device().toFile())) {

      // When
      port.toReader().write(EVERY_BYTE);

      // Then
      assertThat(reader.readNBytes(256)).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void everyByteOfTheReaderReachesThePortUnchanged() throws IOException {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open();
        OutputStream reader = new FileOutputStream(port.device().toFile())) {

      // When
      reader.write(EVERY_BYTE);

      // Then
      assertThat(port.fromReader().readNBytes(256)).isEqualTo(EVERY_BYTE);
    }
  }

  @Test
  void whatTheReaderWritesIsNotEchoedToIt() throws IOException {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open();
        OutputStream writer = new FileOutputStream(port.device().toFile());
        InputStream reader = new FileInputStream(port.device().toFile())) {

      // When
      writer.write('?');
      port.fromReader().readNBytes(1);
      port.toReader().write('!');

      // Then
      assertThat(reader.read()).isEqualTo('!');
    }
  }

  @Test
  void bytesWaitForAReader() throws IOException {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open()) {
      // When
      port.toReader().write(EVERY_BYTE);

      // Then
      try (InputStream reader = new FileInputStream(port.device().toFile())) {
        assertThat(reader.readNBytes(256)).isEqualTo(EVERY_BYTE);
      }
    }
  }

  @Test
  void aReaderMayComeAgain() throws IOException {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open()) {
      new FileInputStream(port.device().toFile()).close();

      // When
      try (InputStream reader = new FileInputStream(port.device().toFile())) {
        port.toReader().write("a\r\nb".getBytes(StandardCharsets.US_ASCII));

        // Then
        assertThat(reader.readNBytes(4)).isEqualTo("a\r\nb".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void unpluggingEndsAReader() throws Exception {
    // Given
    PseudoSerialPort port = PseudoSerialPort.open();
    try (InputStream reader = new FileInputStream(port.device().toFile())) {
      CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readOrEnd(reader));

      // When
      port.close();

      // Then
      assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(port.device()).doesNotExist();
    }
  }

  @Test
  void unpluggingEndsThePortsOwnStreams() throws Exception {
    // Given
    PseudoSerialPort port = PseudoSerialPort.open();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> readOrEnd(port.fromReader()));
    CompletableFuture<Boolean> stuckWrite =
        CompletableFuture.supplyAsync(() -> failsToWrite(port.toReader(), new byte[1 << 20]));

    // When
    port.close();

    // Then
    assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(stuckWrite.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void jSerialCommReadsWritesAndSeesTheUnplugging() throws IOException {
    // Given
    PseudoSerialPort port = PseudoSerialPort.open();
    SerialPort reader = SerialPort.getCommPort(port.device().toString());
    reader.setBaudRate(115_200);
    reader.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 1_000, 0);
    assertThat(reader.openPort()).isTrue();
    byte[] received = new byte[256];

    // When
    port.toReader().write(EVERY_BYTE);
    int count = readFully(reader, received);
    reader.writeBytes(EVERY_BYTE, 256);
    byte[] polled = port.fromReader().readNBytes(256);
    port.close();

    // Then
    assertThat(count).isEqualTo(256);
    assertThat(received).isEqualTo(EVERY_BYTE);
    assertThat(polled).isEqualTo(EVERY_BYTE);
    await().atMost(Duration.ofSeconds(5)).until(() -> reader.readBytes(new byte[16], 16) == -1);
    reader.closePort();
  }

  @Test
  void jSerialCommMayCloseAndOpenAgain() {
    // Given
    try (PseudoSerialPort port = PseudoSerialPort.open()) {
      SerialPort first = SerialPort.getCommPort(port.device().toString());
      first.openPort();
      first.closePort();

      // When
      SerialPort second = SerialPort.getCommPort(port.device().toString());
      boolean opened = second.openPort();
      second.closePort();

      // Then
      assertThat(opened).isTrue();
    }
  }

  private static int readOrEnd(InputStream in) {
    try {
      return in.read();
    } catch (IOException hungUp) {
      return -1;
    }
  }

  private static boolean failsToWrite(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
      return false;
    } catch (IOException unplugged) {
      return true;
    }
  }

  private static int readFully(SerialPort reader, byte[] into) {
    int count = 0;
    while (count < into.length) {
      int read = reader.readBytes(into, into.length - count, count);
      if (read <= 0) {
        return count;
      }
      count += read;
    }
    return count;
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
