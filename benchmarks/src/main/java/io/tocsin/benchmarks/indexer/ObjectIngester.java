package io.tocsin.benchmarks.indexer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.Sample;
import io.tocsin.benchmarks.Sample.Meter;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.opensearch._helpers.bulk.BulkIngester;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** What one writes with the client library's own helper: records parsed to objects, and added. */
record ObjectIngester(KafkaSettings kafka, URI search, long records) implements Contestant {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  @Override
  public Sample run(String pass, Meter meter) throws IOException {
    HttpHost host = new HttpHost(search.getScheme(), search.getHost(), search.getPort());
    try (OpenSearchTransport transport =
        ApacheHttpClient5TransportBuilder.builder(host)
            .setMapper(new JacksonJsonpMapper())
            .build()) {
      try (BulkIngester<Void> ingester = ingester(transport)) {
        Records.read(kafka, pass, records, meter, record -> add(ingester, record));
      }
      return meter.end(records); // closing sends what is left and waits for it
    }
  }

  private static BulkIngester<Void> ingester(OpenSearchTransport transport) {
    return BulkIngester.of(
        b ->
            b.client(new OpenSearchAsyncClient(transport))
                .maxSize(1_000_000)
                .maxOperations(100_000)
                .maxConcurrentRequests(2));
  }

  private static void add(BulkIngester<Void> ingester, ConsumerRecord<byte[], byte[]> record) {
    try {
      Map<String, Object> document = JSON.readValue(record.value(), OBJECT);
      ingester.add(
          operation ->
              operation.index(
                  index ->
                      index
                          .index(Cluster.INDEX)
                          .id(String.valueOf(document.get("id")))
                          .document(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
