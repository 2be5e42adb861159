package io.tocsin.benchmarks.agent;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The agent as it is deployed, with all defaults, on the file. */
record TocsinAgent(KafkaSettings kafka, int lines, Path folder) implements Contestant {

  @Override
  public void run(int pass) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(folder, "agent");
    AgentFile file = ConfigReader.read("bench", config(data), AgentFile.class);
    try (AgentService agent = new AgentService(file, kafka, new Metrics(), Clock.systemUTC())) {
      agent.start();
      while (agent.status().recordsPublished() < lines) {
        Thread.sleep(5);
      }
    }
  }

  private String config(Path data) {
    return """
    agent: { name: edge-01, data: %s }
    sources:
      - file:
          paths: ["%s"]
          service: %s
          format: json
          fields: { ts: timestamp, event: type }
    """
        .formatted(data, folder.resolve("api.log"), LogFile.SERVICE);
  }
}
