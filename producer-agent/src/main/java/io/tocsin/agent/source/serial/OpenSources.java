package io.tocsin.agent.source.serial;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sources that read. jSerialComm closes every port in a shutdown hook of its own, beside the
 * agent's orderly end: to a reader that looks like an unplug. A hook that it runs first closes the
 * readers before the ports.
 */
final class OpenSources {

  private static final Set<SerialSource> OPEN = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();

  private OpenSources() {}

  static void add(SerialSource source) {
    OPEN.add(source);
  }

  static void remove(SerialSource source) {
    OPEN.remove(source);
  }

  /** Called once the native part is loaded. */
  static void closeBeforePorts() {
    if (HOOKED.compareAndSet(false, true)) {
      NativePorts.beforeShutdown(
          Thread.ofPlatform()
              .name("serial-shutdown")
              .unstarted(() -> OPEN.parallelStream().forEach(SerialSource::close)));
    }
  }
}
