package io.tocsin.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs the simulated station and services in a folder, until closed. About two log lines and one
 * status frame a second; the files are rotated at 1 MB, so the folder stays under 10 MB. Started
 * again on the same folder it goes on in the same files. Thread-safe.
 */
public final class DemoWorld implements AutoCloseable {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final DemoFiles files;
  private final StationPort station;
  private final ScheduledExecutorService services;

  private DemoWorld(DemoFiles files, StationPort station, ScheduledExecutorService services) {
    this.files = files;
    this.station = station;
    this.services = services;
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
    StationPort station = new StationPort(files.port(), new Random(seed));
    ScheduledExecutorService services =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-services").factory());
    List<Traffic> traffics =
        List.of(
            new ApiTraffic(log(files, "api", clock), new Random(seed + 1)),
            new WorkerTraffic(log(files, "worker", clock), new Random(seed + 2)),
            new UiTraffic(log(files, "ui", clock), new Random(seed + 3)));
    station.start();
    traffics.forEach(traffic -> again(services, traffic, Duration.ZERO));
    return new DemoWorld(files, station, services);
  }

  private static ServiceLog log(DemoFiles files, String service, Clock clock) {
    return new ServiceLog(service, new RotatingFile(files.log(service)), clock, DemoFiles.ZONE);
  }

  private static void again(ScheduledExecutorService services, Traffic traffic, Duration pause) {
    if (!services.isShutdown()) {
      services.schedule(
          () -> again(services, traffic, traffic.speak()), pause.toMillis(), TimeUnit.MILLISECONDS);
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
    services.shutdownNow();
    station.close();
    try {
      boolean ended = services.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
      assert ended : "nothing in the services blocks";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
