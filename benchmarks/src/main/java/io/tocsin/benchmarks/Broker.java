package io.tocsin.benchmarks;

import io.tocsin.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;

/** The broker in a process of its own; ends when its input does. */
public final class Broker {

  private Broker() {}

  /** Arguments: the data folder. Prints {@code ready KAFKA}. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(EmbeddedKafka.Options.in(Path.of(arguments[0])))) {
      System.out.println("ready " + kafka.bootstrapServers());
      while (System.in.read() >= 0) {
        // Nothing is said to it: it waits for the end.
      }
    }
    System.exit(0);
  }
}
