package io.tocsin.bootstrap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP as something to ask for. Without it the JVM takes that signal for an order to stop.
 * Thread-safe.
 */
public final class ReloadSignal {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);

  private final AtomicBoolean requested = new AtomicBoolean();

  private ReloadSignal() {}

  /** Listens from now on, for as long as the process lives. */
  public static ReloadSignal listen() {
    ReloadSignal signal = new ReloadSignal();
    try {
      // By name: the compiler warns of this class by a warning that nothing can silence.
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              ReloadSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  signal.requested.set(true);
                }
                return null;
              });
      var _ =
          type.getMethod("handle", type, handler)
              .invoke(null, type.getConstructor(String.class).newInstance("HUP"), listener);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.atInfo().addKeyValue("reason", reason(e)).log("no SIGHUP here; a restart does the same");
    }
    return signal;
  }

  /** Whether it came since this was last asked; several that came count as one. */
  public boolean take() {
    return requested.getAndSet(false);
  }

  private static String reason(Exception e) {
    return e instanceof InvocationTargetException wrapped
        ? String.valueOf(wrapped.getCause())
        : e.toString();
  }
}
