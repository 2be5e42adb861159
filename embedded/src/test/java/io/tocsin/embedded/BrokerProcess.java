package io.tocsin.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A broker in a JVM of its own, so that a test can kill it. */
final class BrokerProcess {
  static final String TOPIC = "killed";

  private BrokerProcess() {}

  /** The process prints one line once it holds an acknowledged record, and stays. */
  static Process launch(Path dataDir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            dataDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(Path.of(args[0])));
    KafkaClients.createTopic(kafka.bootstrapServers(), TOPIC);
    KafkaClients.produce(kafka.bootstrapServers(), TOPIC, "last words");
    System.out.println("produced");
    // Until it is killed, or left alone by a test that was killed itself.
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
