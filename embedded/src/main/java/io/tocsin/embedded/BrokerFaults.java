package io.tocsin.embedded;

import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.apache.kafka.server.fault.ProcessTerminatingFaultHandler;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the broker meets something it cannot live with. Kafka's own factory halts the
 * process; while the broker is still starting, the caller is owed an exception instead. Once it
 * runs, a broker that lost its metadata cannot serve and halting stays the honest answer.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private volatile boolean running;

  /** From here on a fatal fault halts the process. */
  void running() {
    running = true;
  }

  /** The first fatal fault of the start, which tells more than those that follow from it. */
  @Nullable Throwable first() {
    return first.get();
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    if (!fatal) {
      return new LoggingFaultHandler(name, action);
    }
    FaultHandler halting = new ProcessTerminatingFaultHandler.Builder().setAction(action).build();
    return (message, cause) -> {
      if (running) {
        return halting.handleFault(message, cause);
      }
      RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
      first.compareAndSet(null, fault);
      return fault;
    };
  }
}
