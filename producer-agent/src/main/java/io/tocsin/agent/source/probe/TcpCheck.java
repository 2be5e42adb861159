package io.tocsin.agent.source.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Does something listen? */
final class TcpCheck implements Check {

  private final Address address;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final Wire wire = new Wire();

  TcpCheck(Address address, Duration timeout, LongSupplier nanoTime) {
    this.address = address;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  @Override
  public Finding run() throws IOException {
    long began = nanoTime.getAsLong();
    wire.open(address, timeout);
    return Finding.well("connected to " + address, nanoTime.getAsLong() - began, Map.of());
  }

  @Override
  public void close() {
    wire.close();
  }
}
