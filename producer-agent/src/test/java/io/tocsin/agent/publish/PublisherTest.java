package io.tocsin.agent.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublisherTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  @TempDir static Path dir;
  private static KafkaBox kafka;
  private static int tests;

  private final Metrics metrics = new Metrics();
  private final String source = "lane-" + ++tests;

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(dir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void everyRecordArrivesOnceAndInOrderThroughABrokerRestart() throws Exception {
    try (Publisher publisher = started(kafka.settings())) {
      // Given
      Lane lane = publisher.open(new Budget(256 << 10), 0);
      for (int i = 0; i < 2000; i++) {
        send(lane, i);
      }
      await().atMost(SOON).until(() -> lane.acknowledged() == 2000);

      // When
      kafka.stop();
      Thread sender = Thread.ofPlatform().start(() -> sendAll(lane, 2000, 6000));
      await().atMost(SOON).until(() -> sender.getState() == Thread.State.TIMED_WAITING);
      kafka.restart();
      sender.join();
      await().atMost(SOON).until(() -> lane.acknowledged() == 6000);
      await().atMost(SOON).until(() -> kafka.logs(source).size() >= 6000);

      // Then: the budget was the bound while the broker was away, and the order is kept
      assertThat(kafka.logs(source))
          .extracting(got -> got.text("message"))
          .isEqualTo(IntStream.range(0, 6000).mapToObj(Integer::toString).toList());
      assertThat(publisher.published()).isEqualTo(6000);
      assertThat(publisher.status().connected()).isTrue();
    }
  }

  @Test
  void aRecordTooLargeForTheBrokerGoesToTheDeadLettersInPieces() throws Exception {
    // Given
    byte[] large = event("large", incompressible(3 << 20));
    try (Publisher publisher = started(kafka.settings())) {
      Lane lane = publisher.open(new Budget(1 << 20), 0);

      // When
      send(lane, 0);
      assertThat(lane.send(Topics.LOGS, "api".getBytes(UTF_8), large, 2, SOON)).isTrue();
      while (!lane.send(Topics.LOGS, "api".getBytes(UTF_8), event("after", "x"), 3, PATIENCE)) {
        // the large one holds all the room until it is settled
      }
      await().atMost(SOON).until(() -> lane.acknowledged() == 3);

      // Then
      assertThat(kafka.logs(source))
          .extracting(got -> got.text("message"))
          .containsExactly("0", "x");
      assertThat(bytesOf(lastAttempt(kafka.deadLetters()))).isEqualTo(large);
      assertThat(kafka.deadLetters())
          .allSatisfy(
              letter -> {
                assertThat(letter.text("topic")).isEqualTo(Topics.LOGS);
                assertThat(letter.text("stage")).isEqualTo("agent");
                assertThat(letter.text("reason")).isEqualTo("too_large");
              });
      assertThat(new String(metrics.text(), UTF_8))
          .contains("tocsin_agent_dead_letters_total{reason=\"too_large\"} 1.0");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE) // what was read so far is gone with the topic
  void aTopicThatTakesNothingHoldsTheRecordsAndSaysWhy() throws Exception {
    // Given: a cluster without the topics
    try (Admin admin = Admin.create(kafka.settings().with(Map.of()))) {
      admin.deleteTopics(List.of(Topics.LOGS)).all().get();
    }
    try (Publisher publisher = started(kafka.settings())) {
      Lane lane = publisher.open(new Budget(1 << 20), 0);

      // When
      send(lane, 0);

      // Then
      await()
          .atMost(SOON)
          .until(() -> publisher.status().detail().startsWith("the broker at 127.0.0.1"));
      assertThat(publisher.status().connected()).isFalse();
      assertThat(lane.acknowledged()).isZero();
      assertThat(publisher.isBusy()).isTrue();

      // When
      TopicAdmin.applyDefaults(kafka.settings());

      // Then: it arrives where nobody reads any more, for the topic is another
      await().atMost(SOON).until(() -> lane.acknowledged() == 1);
    }
  }

  @Test
  void aBrokerThatNeverAnswersHoldsUpNeitherSenderNorClose() throws Exception {
    // Given
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Publisher publisher = started(KafkaSettings.of("127.0.0.1:" + silent.getLocalPort()));
      Lane lane = publisher.open(new Budget(64 << 10), 0);

      // When
      long sent = 0;
      while (lane.send(Topics.LOGS, new byte[1], new byte[1000], sent + 1, PATIENCE)) {
        sent++;
      }
      long began = System.nanoTime();
      publisher.close();

      // Then
      assertThat(sent).as("the budget is the bound").isBetween(50L, 65L);
      assertThat(lane.acknowledged()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void skippedPlacesAreAcknowledgedWithWhatStandsBeforeThem() throws Exception {
    try (Publisher publisher = started(kafka.settings())) {
      // Given
      Lane lane = publisher.open(new Budget(1 << 20), 5);

      // When
      lane.skipTo(10);
      long idle = lane.acknowledged();
      send(lane, 20);
      lane.skipTo(30);
      await().atMost(SOON).until(lane::isIdle);

      // Then
      assertThat(idle).isEqualTo(10);
      assertThat(lane.acknowledged()).isEqualTo(30);
    }
  }

  @Test
  void aForgottenLaneGivesItsRoomBack() throws Exception {
    // Given: a publisher that is not started, so that nothing leaves
    try (Publisher publisher = new Publisher(kafka.settings(), Clock.systemUTC(), metrics)) {
      Budget budget = new Budget(64 << 10);
      Lane first = publisher.open(budget, 0);
      while (first.send(Topics.LOGS, new byte[1], new byte[8000], 1, Duration.ZERO)) {
        // until it is full
      }

      // When
      first.close();

      // Then
      Lane second = publisher.open(budget, 0);
      assertThat(second.send(Topics.LOGS, new byte[1], new byte[60_000], 1, Duration.ZERO))
          .isTrue();
    }
  }

  private Publisher started(KafkaSettings settings) {
    Publisher publisher = new Publisher(settings, Clock.systemUTC(), metrics);
    publisher.start();
    return publisher;
  }

  private void sendAll(Lane lane, int from, int to) {
    try {
      for (int i = from; i < to; i++) {
        send(lane, i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Lane lane, int number) throws InterruptedException {
    byte[] value = event("n" + number, Integer.toString(number));
    while (!lane.send(Topics.LOGS, "api".getBytes(UTF_8), value, number + 1, PATIENCE)) {
      // there will be room
    }
  }

  private byte[] event(String id, String message) {
    return EventCodec.encodeObject(Map.of("id", id, "source", source, "message", message));
  }

  private static String incompressible(int length) {
    byte[] bytes = new byte[length * 3 / 4];
    new Random(1).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Too large pieces are halved until they fit; only the last attempt is whole. */
  private static List<Got> lastAttempt(List<Got> letters) {
    int most = letters.stream().mapToInt(PublisherTest::pieces).max().orElse(0);
    List<Got> whole = new ArrayList<>();
    HashSet<Object> seen = new HashSet<>();
    for (Got letter : letters) {
      if (pieces(letter) == most && seen.add(letter.object("headers").get("piece"))) {
        whole.add(letter);
      }
    }
    assertThat(whole).hasSize(most);
    return whole;
  }

  private static int pieces(Got letter) {
    String piece = String.valueOf(letter.object("headers").getOrDefault("piece", "1/1"));
    return Integer.parseInt(piece.substring(piece.indexOf('/') + 1));
  }

  private static byte[] bytesOf(List<Got> letters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    letters.forEach(letter -> out.writeBytes(Base64.getDecoder().decode(letter.text("bytes"))));
    return out.toByteArray();
  }
}
