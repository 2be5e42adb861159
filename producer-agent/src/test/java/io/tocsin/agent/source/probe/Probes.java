package io.tocsin.agent.source.probe;

import io.tocsin.agent.source.RecordedDrafts;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Probes as a file would have them, with the time in the test's hand. */
final class Probes {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  final RecordedDrafts drafts = new RecordedDrafts();
  final Metrics metrics = new Metrics();
  final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Tls tls;

  Probes() {
    this(Tls.trusting(null, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  Probes(Tls tls) {
    this.tls = tls;
  }

  /** A probe with these further keys. */
  ProbeSource probe(String name, String service, String keys) {
    ProbeConfig config =
        ConfigReader.read(
            "agent.yaml",
            "{ name: " + name + ", service: " + service + ", " + keys + " }",
            ProbeConfig.class);
    return new ProbeSource(config, drafts, clock, metrics, tls, System::nanoTime);
  }
}
