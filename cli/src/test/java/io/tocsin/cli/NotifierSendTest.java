package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierSendTest extends NotifierFileTestCase {

  @Test
  void aTestIsSentMarkedAndOverAtOnce() throws IOException {
    try (Program program = new Program(200)) {
      // Given
      String both = filled(NOTIFIER, program.port()).replace("on: [firing]", "");
      String file = file("live.yaml", both);
      // When
      Invocation dry =
          Invocation.of(
              "notifier", "send-test", "--config", file, "--receiver", "restart", "--dry-run");
      List<String> before = List.copyOf(program.bodies);
      Invocation sent =
          Invocation.of("notifier", "send-test", "--config", file, "--receiver", "restart");
      // Then
      assertThat(dry.status()).isZero();
      assertThat(dry.out()).contains("/units/tocsin-test", "\"kind\":\"resolved\"");
      assertThat(before).isEmpty();
      assertThat(sent.status()).as(sent.err()).isZero();
      assertThat(sent.out()).contains("restart: firing taken", "restart: resolved taken");
      assertThat(program.bodies).hasSize(2);
      assertThat(program.bodies.getFirst()).contains("TEST", "\"kind\":\"firing\"");
      assertThat(program.bodies.getLast()).contains("TEST", "\"kind\":\"resolved\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"403, refused: forbidden", "503, not taken: server_error"})
  void aTestThatIsNotTakenIsStatusOne(int status, String why) throws IOException {
    try (Program program = new Program(status)) {
      // Given
      String file = file("live.yaml", filled(NOTIFIER, program.port()));
      // When
      Invocation sent =
          Invocation.of("notifier", "send-test", "--config", file, "--receiver", "restart");
      // Then
      assertThat(sent.status()).isEqualTo(1);
      assertThat(sent.err()).contains("restart: firing " + why).doesNotContain(KEY);
      assertThat(program.bodies).hasSize(1);
    }
  }

  /** A program that is called, and answers with one status. */
  private static final class Program implements AutoCloseable {

    final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Program(int status) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
