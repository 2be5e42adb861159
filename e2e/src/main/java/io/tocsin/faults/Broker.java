package io.tocsin.faults;

import io.tocsin.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The main class of a {@link BrokerProcess}; ends when its input does. */
final class Broker {

  private Broker() {}

  /** Arguments: the data folder, the port. */
  public static void main(String[] arguments) throws IOException {
    // A session that is missed soon makes the start after a kill a short one.
    Map<String, String> overrides = Map.of("broker.session.timeout.ms", "2000");
    Path folder = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try (EmbeddedKafka broker =
        EmbeddedKafka.start(new EmbeddedKafka.Options(folder, port, overrides))) {
      int said = System.in.read();
      while (said >= 0 && !broker.bootstrapServers().isEmpty()) {
        said = System.in.read(); // nothing is said to it: it waits for the end
      }
    }
  }
}
