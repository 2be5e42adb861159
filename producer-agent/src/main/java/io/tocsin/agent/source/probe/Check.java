package io.tocsin.agent.source.probe;

import java.io.IOException;
import java.util.Map;

/** One look at a target. {@link #run} is called once; {@link #close} from any thread ends it. */
interface Check extends AutoCloseable {

  /**
   * Looks.
   *
   * @throws IOException when the target cannot be reached or does not keep to its protocol
   */
  Finding run() throws IOException, InterruptedException;

  /** What is known even if {@link #run} throws or never returns. */
  default Map<String, Object> measured() {
    return Map.of();
  }

  /** Lets everything go, at once. */
  @Override
  void close();
}
