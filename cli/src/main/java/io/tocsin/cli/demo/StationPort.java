package io.tocsin.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tocsin.embedded.EmbeddedException;
import io.tocsin.embedded.PseudoSerialPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The station on its serial port: it prints, answers, and is unplugged for a few seconds every few
 * minutes. A port that nobody reads fills up, and the station waits.
 */
final class StationPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StationPort.class);
  private static final byte[] READ_STATUS = HexFormat.of().parseHex("41002c0010");
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final Path link;
  private final Chance chance;
  private final Station station;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("demo-station").unstarted(this::run);
  private final Object printing = new Object();
  private volatile @Nullable PseudoSerialPort plugged;

  StationPort(Path link, Random random) {
    this.link = link;
    this.chance = new Chance(random);
    this.station = new Station(random);
  }

  void start() {
    thread.start();
  }

  private void run() {
    Duration pluggedFor = chance.seconds(75, 100);
    while (!ended(Duration.ZERO)) {
      try (PseudoSerialPort port = PseudoSerialPort.open(link)) {
        plugged = port;
        speak(port, pluggedFor);
      } catch (EmbeddedException e) {
        LOG.atWarn().addKeyValue("port", link).setCause(e).log("The demo's station has no port");
      } catch (IOException e) {
        // the port was closed under the writer: the demo ends
      }
      pluggedFor = chance.seconds(150, 300);
      if (ended(chance.seconds(5, 8))) {
        return;
      }
    }
  }

  private void speak(PseudoSerialPort port, Duration pluggedFor) throws IOException {
    Thread listener =
        Thread.ofPlatform().daemon().name("demo-station-commands").start(() -> answer(port));
    print(port, booted());
    Duration left = pluggedFor;
    while (!left.isNegative() && !ended(STEP)) {
      left = left.minus(STEP);
      print(port, stepped());
    }
    print(port, halfSaid());
    port.close();
    join(listener);
  }

  private void answer(PseudoSerialPort port) {
    int matched = 0;
    try {
      int command = port.fromReader().read();
      while (command >= 0) {
        boolean next = command == (READ_STATUS[matched] & 0xFF);
        matched = next ? matched + 1 : command == READ_STATUS[0] ? 1 : 0;
        if (matched == READ_STATUS.length) {
          matched = 0;
          print(port, answered());
        }
        command = port.fromReader().read();
      }
    } catch (IOException e) {
      // unplugged
    }
  }

  private synchronized String booted() {
    return station.boot();
  }

  private synchronized String stepped() {
    return station.step();
  }

  private synchronized String answered() {
    return station.answer();
  }

  private synchronized String halfSaid() {
    return station.half();
  }

  /** Not under the port's own lock: closing it is what frees a writer that waits for a reader. */
  private void print(PseudoSerialPort port, String text) throws IOException {
    synchronized (printing) {
      port.toReader().write(text.getBytes(US_ASCII));
      port.toReader().flush();
    }
  }

  private boolean ended(Duration within) {
    try {
      return closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    PseudoSerialPort port = plugged;
    if (port != null) {
      port.close();
    }
    join(thread);
  }
}
