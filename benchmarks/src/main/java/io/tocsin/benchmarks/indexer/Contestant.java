package io.tocsin.benchmarks.indexer;

import io.tocsin.benchmarks.Sample;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.net.URI;

/** One way to bring the records into the index, in a process of its own. */
public sealed interface Contestant permits Limit, TocsinIndexer, ObjectIngester {

  /**
   * Brings all records in.
   *
   * @param pass names the pass, for a consumer group of its own
   */
  void run(String pass) throws IOException, InterruptedException;

  /** What a pass needs that is not to be measured. */
  default void prepare() throws IOException, InterruptedException {}

  /**
   * Arguments: name, Kafka, OpenSearch, records, round. One pass to warm up, one to measure; prints
   * {@code sample} and the figures.
   */
  static void main(String[] arguments) throws IOException, InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(arguments[1]);
    URI search = URI.create(arguments[2]);
    long records = Long.parseLong(arguments[3]);
    Cluster cluster = new Cluster(search);
    Contestant contestant =
        switch (arguments[0]) {
          case "limit" -> new Limit(kafka, cluster, records);
          case "tocsin" -> new TocsinIndexer(kafka, search, records);
          case "bulk-ingester" -> new ObjectIngester(kafka, search, records);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    contestant.prepare();
    String pass = arguments[0] + "-" + arguments[4];
    Sample sample = new Sample(0, 0, 0);
    for (String part : new String[] {"-warm-up", "-measured"}) {
      cluster.deleteIndex();
      sample = Sample.of(records, () -> contestant.run(pass + part));
      long count = cluster.count();
      if (count != records) {
        throw new IOException(arguments[0] + " left " + count + " of " + records + " documents");
      }
    }
    System.out.println("sample " + sample.line());
    System.exit(0);
  }
}
