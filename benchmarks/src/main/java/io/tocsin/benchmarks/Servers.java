package io.tocsin.benchmarks;

import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import java.io.IOException;
import java.nio.file.Path;

/** The servers of a benchmark, in a process of their own; ends when its input does. */
public final class Servers {

  private Servers() {}

  /** Arguments: the data folder. Prints {@code ready KAFKA OPENSEARCH}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafka.Options.in(folder.resolve("kafka")));
        EmbeddedOpenSearch search =
            EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(folder.resolve("search")))) {
      System.out.println("ready " + kafka.bootstrapServers() + " " + search.uri());
      while (System.in.read() >= 0) {
        // Nothing is said to it: it waits for the end.
      }
    }
    System.exit(0);
  }
}
