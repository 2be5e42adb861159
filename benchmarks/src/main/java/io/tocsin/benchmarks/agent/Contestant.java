package io.tocsin.benchmarks.agent;

import io.tocsin.benchmarks.Sample;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;

/** One way to bring the lines to the broker, in a process of its own. */
public sealed interface Contestant permits Limit, TocsinAgent {

  /** After so many whole passes the compilers have done most of their work, for either. */
  int WARM_UP = 3;

  /** Brings all of them to the broker, and returns when the last one is acknowledged. */
  void run(int pass) throws IOException, InterruptedException;

  /** What a pass needs that is not to be measured. */
  default void prepare() {}

  /**
   * Arguments: name, Kafka, lines, folder. Some passes warm up, the one after them is measured;
   * prints {@code cold}, the first one, and {@code warm} with their figures.
   */
  static void main(String[] arguments) throws IOException, InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(arguments[1]);
    int lines = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[3]);
    Contestant contestant =
        switch (arguments[0]) {
          case "limit" -> new Limit(kafka, lines);
          case "tocsin" -> new TocsinAgent(kafka, lines, folder);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    contestant.prepare();
    System.out.println("cold " + Sample.of(lines, () -> contestant.run(1)).line());
    for (int pass = 2; pass <= WARM_UP; pass++) {
      contestant.run(pass);
    }
    System.out.println("warm " + Sample.of(lines, () -> contestant.run(WARM_UP + 1)).line());
    System.exit(0);
  }
}
