package io.tocsin.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void twoPartsOfOneKindShareACounter() {
    // Given
    Metrics metrics = new Metrics();

    // When
    metrics.counter("tocsin_test_reads", "reads", "device").labelValues("a").inc();
    metrics.counter("tocsin_test_reads", "reads", "device").labelValues("b").inc(2);

    // Then
    assertThat(new String(metrics.text(), UTF_8))
        .contains("tocsin_test_reads_total{device=\"a\"} 1.0")
        .contains("tocsin_test_reads_total{device=\"b\"} 2.0");
  }
}
