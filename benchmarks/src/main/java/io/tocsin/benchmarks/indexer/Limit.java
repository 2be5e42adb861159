package io.tocsin.benchmarks.indexer;

import io.tocsin.benchmarks.Sample;
import io.tocsin.benchmarks.Sample.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What the node can take: bodies that are ready, two requests at a time, nothing else to do. */
record Limit(Cluster cluster, long records, List<byte[]> bodies) implements Contestant {

  private static final int BODY_BYTES = 1_000_000;
  private static final int AT_A_TIME = 2;

  Limit(Cluster cluster, long records) {
    this(cluster, records, new ArrayList<>());
  }

  @Override
  public void prepare() {
    ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES + 1_000);
    for (long i = 0; i < records; i++) {
      String action =
          "{\"index\":{\"_index\":\""
              + Cluster.INDEX
              + "\",\"_id\":\"edge/api/bench/"
              + i
              + "\"}}\n";
      body.writeBytes(action.getBytes(StandardCharsets.UTF_8));
      body.writeBytes(Events.value(i));
      body.write('\n');
      if (body.size() >= BODY_BYTES || i == records - 1) {
        bodies.add(body.toByteArray());
        body.reset();
      }
    }
  }

  @Override
  public Sample run(String pass, Meter meter) throws IOException, InterruptedException {
    meter.begin();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<Void>> done = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        done.add(senders.submit(() -> send(next)));
      }
      for (Future<Void> sender : done) {
        sender.get();
      }
      return meter.end(records);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private Void send(AtomicInteger next) throws IOException, InterruptedException {
    for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
      cluster.bulk(bodies.get(i), bodies.get(i).length);
    }
    return null;
  }
}
