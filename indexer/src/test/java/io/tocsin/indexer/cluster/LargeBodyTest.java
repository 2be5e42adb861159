package io.tocsin.indexer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.OpenSearchSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk bodies on a real connection, to a server that may break off or answer too soon. */
@Timeout(60)
class LargeBodyTest {

  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
  private static final String TOO_LARGE =
      "HTTP/1.1 413 Request Entity Too Large\r\ncontent-length: 2\r\n\r\n[]";

  private final OddServer server = new OddServer();
  private final Cluster cluster =
      new Cluster(OpenSearchSettings.of(server.uri()), Duration.ofSeconds(20));

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Reply post(byte[] body) throws InterruptedException {
    return cluster.send(
        new Call("POST", "/_bulk", Map.of(), "application/x-ndjson", body, body.length));
  }

  private static void takeAll(OddServer.Request request, Socket connection) throws IOException {
    request.readAll();
    send(connection, OK);
  }

  private static void send(Socket connection, String answer) throws IOException {
    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().flush();
  }

  private static void assertStatus(Reply reply, int status) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Answered.class, answered -> assertThat(answered.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32 * 1024, 32 * 1024 + 1, 128 * 1024, 128 * 1024 + 1, 3_000_007})
  void exactlyTheBytesArrive(int length) throws Exception {
    // Given
    byte[] body = bytes(length);
    server.next(LargeBodyTest::takeAll);
    // When
    Reply reply = post(body);
    // Then
    assertStatus(reply, 200);
    assertThat(server.lastBody()).isEqualTo(body);
  }

  @Test
  void ofALongerArrayOnlyTheBodysPartArrives() throws Exception {
    // Given
    byte[] array = bytes(200_000);
    server.next(LargeBodyTest::takeAll);
    // When
    Reply reply =
        cluster.send(new Call("POST", "/_bulk", Map.of(), "application/x-ndjson", array, 150_000));
    // Then
    assertStatus(reply, 200);
    assertThat(server.lastBody()).isEqualTo(java.util.Arrays.copyOf(array, 150_000));
  }

  @Test
  void aConnectionThatBreaksInTheMiddleIsToldAndTheNextRequestArrives() throws Exception {
    // Given
    server.next(
        (request, connection) -> {
          request.read(100_000);
          connection.setSoLinger(true, 0);
          connection.close();
        });
    server.next(LargeBodyTest::takeAll);
    byte[] body = bytes(16_000_000);
    // When
    Reply broken = post(body);
    Reply again = post(body);
    // Then
    assertThat(broken)
        .isInstanceOfSatisfying(
            Reply.Unanswered.class,
            reply -> assertThat(reply.reason()).isEqualTo("connection_lost"));
    assertStatus(again, 200);
    assertThat(server.lastBody()).isEqualTo(body);
  }

  @Test
  void anAnswerBeforeTheEndOfTheBodyIsTheAnswerAndTheNextRequestArrives() throws Exception {
    // Given: as a node does whose http.max_content_length is less than what is announced
    server.next((request, connection) -> send(connection, TOO_LARGE));
    server.next(LargeBodyTest::takeAll);
    byte[] body = bytes(16_000_000);
    // When
    Reply early = post(body);
    Reply again = post(body);
    // Then
    assertStatus(early, 413);
    assertStatus(again, 200);
    assertThat(server.lastBody()).isEqualTo(body);
  }
}
