package io.tocsin.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the simulated station and services in a folder, until closed. About two log lines and one
 * status frame a second; the files are rotated at 1 MB, so the folder stays under 10 MB. Started
 * again on the same folder it goes on in the same files. Thread-safe.
 */
public final class DemoWorld implements AutoCloseable {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final DemoFiles files;
  private final StationPort station;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> services;

  private DemoWorld(DemoFiles files, StationPort station, List<Traffic> traffics) {
    this.files = files;
    this.station = station;
    this.services =
        traffics.stream()
            .map(
                traffic ->
                    Thread.ofVirtual()
                        .name("demo-" + traffic.getClass().getSimpleName())
                        .unstarted(() -> speakUntilClosed(traffic)))
            .toList();
  }

  /**
   * Writes the agent's and the rules' file and sets the world going.
   *
   * @param dir made when missing
   * @param seed the same seed tells the same story
   * @param clock stamps the services' lines
   * @throws UncheckedIOException when the folder cannot be written
   */
  public static DemoWorld start(Path dir, long seed, Clock clock) {
    DemoFiles files = new DemoFiles(dir.toAbsolutePath().normalize());
    try {
      Files.createDirectories(dir);
      files.write();
    } catch (IOException e) {
      throw new UncheckedIOException("The demo's folder cannot be written: " + dir, e);
    }
    DemoWorld world =
        new DemoWorld(
            files,
            new StationPort(files.port(), new Random(seed)),
            List.of(
                new ApiTraffic(log(files, "api", clock), new Random(seed + 1)),
                new WorkerTraffic(log(files, "worker", clock), new Random(seed + 2)),
                new UiTraffic(log(files, "ui", clock), new Random(seed + 3))));
    world.station.start();
    world.services.forEach(Thread::start);
    return world;
  }

  private static ServiceLog log(DemoFiles files, String service, Clock clock) {
    return new ServiceLog(service, new RotatingFile(files.log(service)), clock, DemoFiles.ZONE);
  }

  private void speakUntilClosed(Traffic traffic) {
    try {
      boolean over = false;
      while (!over) {
        over = closed.await(traffic.speak().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the agent is to read: the station's port and the three log files. */
  public Path agentFile() {
    return files.agent();
  }

  /** Rules that ring, and stop ringing, while somebody watches. */
  public Path rulesFile() {
    return files.rules();
  }

  /** Unplugs the station and silences the services, within about two seconds. */
  @Override
  public void close() {
    closed.countDown();
    station.close();
    try {
      for (Thread service : services) {
        service.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
