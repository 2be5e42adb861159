package io.tocsin.benchmarks.indexer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.benchmarks.Sample;
import io.tocsin.benchmarks.Sample.Meter;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;

/** One way to bring the records into the index, in a process of its own. */
public sealed interface Contestant permits Limit, TocsinIndexer, ObjectIngester {

  /**
   * Brings all records in.
   *
   * @param pass names the pass, for a consumer group of its own
   * @param meter to begin when the first record could be read, so that joining the group is not
   *     measured
   * @return what the meter says when the last record is in the index
   */
  Sample run(String pass, Meter meter) throws IOException, InterruptedException;

  /** What is made once and not measured. */
  default void prepare() throws IOException, InterruptedException {}

  /**
   * Arguments: name, Kafka, OpenSearch, records. Runs a pass for each line of its input, which
   * names the pass, and prints {@code sample} and the figures.
   */
  static void main(String[] arguments) throws IOException, InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(arguments[1]);
    URI search = URI.create(arguments[2]);
    long records = Long.parseLong(arguments[3]);
    Cluster cluster = new Cluster(search);
    Contestant contestant =
        switch (arguments[0]) {
          case "limit" -> new Limit(cluster, records);
          case "tocsin" -> new TocsinIndexer(kafka, search, records);
          case "bulk-ingester" -> new ObjectIngester(kafka, search, records);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    contestant.prepare();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String pass = in.readLine(); pass != null; pass = in.readLine()) {
      cluster.deleteIndex();
      Sample sample = contestant.run(arguments[0] + '-' + pass, new Meter());
      long count = cluster.count();
      if (count != records) {
        throw new IOException(arguments[0] + " left " + count + " of " + records + " documents");
      }
      System.out.println("sample " + sample.line());
    }
    System.exit(0);
  }
}
