package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.indexer.cluster.Call;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.cluster.Reply;
import io.tocsin.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, basic authentication, an API's header and several nodes, the whole way to a real node. */
class SecuredClusterTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final URI AWAY = URI.create("https://localhost:1");

  @TempDir private Path dir;
  private final Platform platform = Platform.fresh();
  private SecuredFront front;

  @BeforeEach
  void open() throws Exception {
    front =
        new SecuredFront(
            platform.openSearchUri(),
            // "tocsin:pass word" in Base64
            Map.of("Authorization", "Basic dG9jc2luOnBhc3Mgd29yZA==", "X-Api-Key", "k-1"),
            dir);
  }

  @AfterEach
  void close() {
    front.close();
  }

  private IndexerService indexer(OpenSearchSettings settings) {
    return new IndexerService(
        IndexerConfig.defaults(), platform.kafkaSettings(), settings, new Metrics(), CLOCK);
  }

  private OpenSearchSettings settings(String password, Path caFile) {
    return new OpenSearchSettings(
        List.of(AWAY, front.uri()),
        "tocsin",
        Secret.of(password, "test"),
        caFile,
        Map.of("X-Api-Key", Secret.of("k-1", "test")));
  }

  private void produceOne() {
    platform.produce(
        Topics.LOGS,
        "api",
        """
        {"ts":"2026-11-21T10:00:00.000Z","service":"api","level":"INFO","event":"e",\
        "message":"m","meta":{},"id":"a/s/1/1"}""");
    platform.flush();
  }

  @Test
  void anEventReachesANodeThatAsksForAllOfThemWhileAnotherNodeIsAway() throws Exception {
    // Given
    Path certificate = front.certificate(dir.resolve("ca.pem"));
    try (IndexerService indexer = indexer(settings("pass word", certificate))) {
      // When
      indexer.start();
      produceOne();
      // Then
      platform.awaitCount("tocsin-logs-2026.11.21", 1);
      assertThat(front.letThrough).hasPositiveValue();
      assertThat(front.refused).hasValue(0);
    }
  }

  @Test
  void aWrongPasswordKeepsTheRecordsWaitingAndLosesNone() throws Exception {
    // Given
    Path certificate = front.certificate(dir.resolve("ca.pem"));
    produceOne();
    // When
    try (IndexerService indexer = indexer(settings("wrong one", certificate))) {
      indexer.start();
      Awaitility.await().atMost(Platform.BOUND).until(() -> front.refused.get() > 1);
      assertThat(indexer.readiness().ready()).isFalse();
      assertThat(indexer.readiness().detail()).doesNotContain("wrong one", "k-1");
      assertThat(front.letThrough).hasValue(0);
    }
    // Then
    try (IndexerService indexer = indexer(settings("pass word", certificate))) {
      indexer.start();
      platform.awaitCount("tocsin-logs-2026.11.21", 1);
    }
    assertThat(platform.deadLetters()).isEmpty();
  }

  @Test
  void aNodeWhoseCertificateNobodyVouchesForIsToldNothing() throws Exception {
    // Given
    OpenSearchSettings untrusting = settings("pass word", null);
    try (Cluster cluster = new Cluster(untrusting, Duration.ofSeconds(20))) {
      // When
      Reply reply = cluster.send(Call.get("/", Map.of()));
      // Then
      assertThat(reply).isInstanceOf(Reply.Unanswered.class);
      assertThat(reply.toString()).contains("certification path");
    }
    assertThat(front.letThrough.get() + front.refused.get()).isZero();
  }
}
