package io.tocsin.embedded;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a broker meets something it cannot live with. Kafka halts the process then, in
 * two ways: its fault handlers, and a bare {@code Exit.halt} in its disk code, which takes the JVM
 * away without a word. While the broker is starting, the caller is owed an exception instead. Once
 * it runs, a broker without its disk or metadata cannot serve and halting stays the honest answer,
 * but not before saying so.
 *
 * <p>{@code Exit} knows no broker, only a thread. A broker's threads are all descendants of the one
 * that starts it, so they inherit whose they are.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);
  private static final InheritableThreadLocal<@Nullable BrokerFaults> OWNER =
      new InheritableThreadLocal<>();

  static {
    Exit.setHaltProcedure(BrokerFaults::exit);
    Exit.setExitProcedure(BrokerFaults::exit);
  }

  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile boolean running;

  /** Makes this the judge of the calling thread and of every thread that comes from it. */
  void own() {
    OWNER.set(this);
  }

  /** Ends the start: from here on a fatal fault halts the process. */
  void running() {
    running = true;
  }

  /** Completes exceptionally with the first fatal fault of the start; never completes otherwise. */
  CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    if (!fatal) {
      return new LoggingFaultHandler(name, action);
    }
    return (message, cause) -> {
      RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
      LOG.error("Fatal fault of the embedded Kafka broker", fault);
      fail(fault, 1);
      return fault;
    };
  }

  private static void exit(int status, @Nullable String message) {
    BrokerFaults owner = OWNER.get();
    String reason = message == null ? "its data folder failed, see Kafka's log" : message;
    if (owner == null) {
      Runtime.getRuntime().halt(status);
    } else {
      owner.fail(new IllegalStateException(reason), status);
    }
  }

  private void fail(RuntimeException fault, int status) {
    if (running) {
      LOG.error(
          "The embedded Kafka broker cannot go on and ends the process: {}", fault.getMessage());
      Runtime.getRuntime().halt(status);
    }
    failure.completeExceptionally(fault);
  }
}
