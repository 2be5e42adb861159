package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.OpsRoutes;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs one service in the foreground until the process is told to stop. */
final class ServiceRunner {

  private static final long LOOK_MILLIS = 200;

  private ServiceRunner() {}

  /** Starts, says so, and returns after an orderly stop (SIGTERM or Ctrl-C). */
  static int run(Service service, HttpServer http, Metrics metrics, PrintWriter out)
      throws InterruptedException {
    return run(service, http, metrics, out, () -> false);
  }

  /** The same, and ends by itself too. */
  static int run(
      Service service, HttpServer http, Metrics metrics, PrintWriter out, BooleanSupplier isDone)
      throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      stop.countDown();
                      await(stopped);
                    }));
    OpsRoutes.addTo(http, metrics, () -> List.of(service));
    try (http;
        service) {
      service.start();
      out.println("tocsin " + service.name() + ": running, ops on " + http.uri());
      out.flush();
      while (!isDone.getAsBoolean() && !stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // a service that never ends is asked a few times a second, which costs nothing
      }
      out.println("tocsin " + service.name() + ": stopping");
      out.flush();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
