package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin SERVICE run}: one service of the cluster, in the foreground. */
abstract class RunService implements Callable<Integer> {

  @Mixin private ServiceOptions options = new ServiceOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The service, beside an HTTP server that it may add to. */
  abstract Service make(ServicesFile file, HttpServer http, Metrics metrics, PrintWriter out);

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return ServiceRunner.run(options, out, (file, http, metrics) -> make(file, http, metrics, out));
  }
}
