package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.StopSignal;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.OpsRoutes;
import io.tocsin.bootstrap.systemd.Systemd;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs one service in the foreground until the process is told to stop. */
final class ServiceRunner {

  private static final Duration LOOK = Duration.ofMillis(500);

  private ServiceRunner() {}

  /** How a service is made, beside an HTTP server that it may add to. */
  @FunctionalInterface
  interface Maker {
    Service make(ServicesFile file, HttpServer http, Metrics metrics);
  }

  /** Starts a service of the cluster, says so, and returns after an orderly stop. */
  static int run(ServiceOptions options, PrintWriter out, Maker maker) throws InterruptedException {
    ServicesFile file = options.read();
    Metrics metrics = new Metrics();
    try (HttpServer http = HttpServer.listen(file.ops().host(), file.ops().port())) {
      return run(http, metrics, out, maker.make(file, http, metrics), () -> false);
    }
  }

  /** The same for a service that is made already, and that may end by itself. */
  static int run(
      HttpServer http, Metrics metrics, PrintWriter out, Service service, BooleanSupplier isDone)
      throws InterruptedException {
    OpsRoutes.addTo(http, metrics, () -> List.of(service));
    Systemd systemd = Systemd.ofThisProcess();
    try (StopSignal stop = StopSignal.listen();
        service) {
      service.start();
      systemd.ready();
      out.println("tocsin " + service.name() + ": running, ops on " + http.uri());
      out.flush();
      while (!isDone.getAsBoolean() && !stop.await(LOOK)) {
        // a service that never ends is asked twice a second, which costs next to nothing
        systemd.status(service.readiness().detail());
        if (service.isAlive()) {
          systemd.alive();
        }
      }
      systemd.stopping();
      out.println("tocsin " + service.name() + ": stopping");
      out.flush();
    }
    return 0;
  }
}
