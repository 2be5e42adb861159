package io.tocsin.faults.serial;

import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.faults.stage.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A device that talks until its plug is pulled. For one thread. */
final class Cable implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BYTES = "tocsin_agent_serial_bytes_total";

  private final Path link;
  private final URI agent;
  private final Account account;
  private final Random random;
  private @Nullable PseudoSerialPort port;
  private @Nullable PseudoSerialPort blocker;
  private Path device = Path.of("");
  private long written;

  /**
   * Not plugged in.
   *
   * @param agent says how many bytes it has read
   */
  Cable(Path link, URI agent, Account account, Random random) {
    this.link = link;
    this.agent = agent;
    this.account = account;
    this.random = random;
  }

  /** What the link stands for, or stood for last. */
  Path device() {
    return device;
  }

  /**
   * Plugs the device in, as another one if so wanted, else as the same. The system gives the lowest
   * free number: so a blocker takes the last one's, or one below it is let go.
   */
  void plugIn(boolean asAnother) {
    if (asAnother && blocker != null) {
      blocker.close();
      blocker = null;
    } else if (asAnother) {
      blocker = PseudoSerialPort.open();
    }
    PseudoSerialPort fresh = PseudoSerialPort.open(link);
    device = fresh.device();
    port = fresh;
  }

  /** Sends frames, noise and often half a frame; pulls the plug as soon as all of it was read. */
  void talkAndPull() throws IOException, InterruptedException {
    PseudoSerialPort to = port;
    if (to == null) {
      return;
    }
    for (int frames = random.nextInt(1, 40); frames > 0; frames--) {
      send(to, (random.nextInt(8) == 0 ? "boot\r\n" : "") + "<STAT;N=" + account.next() + ";>");
      if (random.nextInt(10) == 0) {
        Thread.sleep(random.nextInt(20));
      }
    }
    if (random.nextBoolean()) {
      send(to, "<STAT;N=-1;half");
    }
    awaitRead();
    to.close();
    port = null;
  }

  @Override
  public void close() {
    if (port != null) {
      port.close();
    }
    if (blocker != null) {
      blocker.close();
    }
  }

  private void send(PseudoSerialPort to, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    to.toReader().write(bytes);
    written += bytes.length;
  }

  /** What is still in the system when the plug goes is lost, with any device and any reader. */
  private void awaitRead() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (read() < written) {
      if (System.nanoTime() > end) {
        throw new IOException("the agent read " + read() + " of " + written + " bytes");
      }
      Thread.sleep(2);
    }
  }

  private double read() throws IOException, InterruptedException {
    return PlatformProcess.get(agent, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(BYTES))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
