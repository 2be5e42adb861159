package io.tocsin.agent.source.probe;

import io.tocsin.agent.source.probe.Finding.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks of one probe, each bounded in time. A check is cut when its time is up; one that even
 * that does not end (a name look-up) keeps its thread, and until it has ended every further check
 * fails without being started: a probe never has more than one thread for its checks. For one
 * thread.
 */
final class Checker {

  private final String name;
  private final Duration timeout;
  private final Supplier<Check> checks;
  private @Nullable Thread worker;

  Checker(String name, Duration timeout, Supplier<Check> checks) {
    this.name = name;
    this.timeout = timeout;
    this.checks = checks;
  }

  /** Checks once. Never throws for what the check does, and takes hardly longer than its time. */
  Finding check() throws InterruptedException {
    if (worker != null && worker.isAlive()) {
      return Finding.failed(Failure.HANGS, "the check before this one has not ended");
    }
    try (Check check = checks.get()) {
      FutureTask<Finding> task = new FutureTask<>(check::run);
      worker = Thread.ofPlatform().daemon().name("probe-" + name + "-check").start(task);
      return await(task, check);
    }
  }

  private Finding await(FutureTask<Finding> task, Check check) throws InterruptedException {
    try {
      Finding finding = task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      worker = null; // it is on its way out, and may look alive for a moment yet
      return finding;
    } catch (TimeoutException e) {
      task.cancel(true);
      return timedOut().with(check.measured());
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      worker = null;
      return explain(e.getCause()).with(check.measured());
    }
  }

  private Finding timedOut() {
    return Finding.failed(Failure.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
  }

  private Finding explain(@Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException e ->
          Finding.failed(Failure.UNKNOWN_HOST, "no address for " + e.getMessage());
      case SocketTimeoutException ignored -> timedOut();
      case InterruptedIOException ignored -> timedOut();
      case ConnectException e -> Finding.failed(Failure.REFUSED, text(e));
      case SSLException e -> Finding.failed(Failure.TLS, text(e));
      case IOException e -> Finding.failed(Failure.IO, text(e));
      case null -> Finding.failed(Failure.ERROR, "no reason given");
      default -> Finding.failed(Failure.ERROR, cause.toString());
    };
  }

  private static String text(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
