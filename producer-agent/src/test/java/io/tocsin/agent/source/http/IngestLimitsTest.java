package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may send, and how much. */
class IngestLimitsTest {

  private static final String EVENT = HttpSourceTest.event("hello");
  private static final String KEY = "0123456789abcdef-first";
  private static final String OTHER = "0123456789abcdef-other";

  @TempDir Path dir;

  @Test
  void onlyWhoNamesAKeyMaySend() throws Exception {
    try (IngestBox box = new IngestBox(dir, keys())) {
      // When
      HttpResponse<String> none = box.post(EVENT);
      HttpResponse<String> wrong = box.post(EVENT, "X-Api-Key", KEY + "x");
      HttpResponse<String> bearer = box.post(EVENT, "Authorization", "Bearer " + KEY);
      HttpResponse<String> header = box.post(EVENT, "X-Api-Key", OTHER);

      // Then
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).doesNotContain(KEY);
      assertThat(bearer.statusCode()).isEqualTo(202);
      assertThat(header.statusCode()).isEqualTo(202);
      assertThat(box.spooled()).hasSize(2);
    }
  }

  @Test
  void aPageMaySendWhenItIsAllowed() throws Exception {
    try (IngestBox box = new IngestBox(dir, "origins: [\"https://shop.example\"]")) {
      // When
      HttpResponse<String> asked =
          box.send("OPTIONS", BodyPublishers.noBody(), "Origin", "https://shop.example");
      HttpResponse<String> sent = box.post(EVENT, "Origin", "https://shop.example");
      HttpResponse<String> bad = box.post("[", "Origin", "https://shop.example");
      HttpResponse<String> otherAsked =
          box.send("OPTIONS", BodyPublishers.noBody(), "Origin", "https://evil.example");
      HttpResponse<String> other =
          box.post(EVENT, "Origin", "https://evil.example", "Content-Type", "text/plain");

      // Then
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).hasValue("POST");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
          .contains("content-type", "x-api-key", "authorization");
      for (HttpResponse<String> response : List.of(asked, sent, bad)) {
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
            .hasValue("https://shop.example");
        assertThat(response.headers().firstValue("Vary")).hasValue("Origin");
      }
      assertThat(sent.statusCode()).isEqualTo(202);
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(otherAsked.statusCode()).isEqualTo(403);
      assertThat(other.statusCode()).isEqualTo(403);
      assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(box.spooled()).hasSize(1);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhetherItsSizeIsSaidOrNot() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-body: 4KiB")) {
      // Given
      byte[] large = HttpSourceTest.event("x".repeat(200_000)).getBytes(UTF_8);

      // When
      HttpResponse<String> said = box.post(large);
      HttpResponse<String> chunked =
          box.send("POST", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
      HttpResponse<String> small = box.post(EVENT);
      HttpResponse<String> packed = box.post(EVENT, "Content-Encoding", "gzip");

      // Then
      assertThat(said.statusCode()).isEqualTo(413);
      assertThat(chunked.statusCode()).isEqualTo(413);
      assertThat(small.statusCode()).isEqualTo(202);
      assertThat(packed.statusCode()).isEqualTo(415);
      assertThat(box.spooled()).hasSize(1);
    }
  }

  @Test
  void whoSendsTooMuchIsToldWhenToComeAgainAndOthersAreNotHeldUp() throws Exception {
    try (IngestBox box = new IngestBox(dir, keys() + "max-rate: 1\n")) {
      // Given: ten events are drawn from a bucket of two
      String ten = (EVENT + "\n").repeat(10);
      assertThat(box.post(ten, "X-Api-Key", KEY).statusCode()).isEqualTo(202);

      // When
      HttpResponse<String> again = box.post(EVENT, "X-Api-Key", KEY);
      HttpResponse<String> other = box.post(EVENT, "X-Api-Key", OTHER);

      // Then
      assertThat(again.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(again.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 9);
      assertThat(other.statusCode()).isEqualTo(202);
      assertThat(box.spooled()).hasSize(11);
      assertThat(new String(box.metrics.text(), UTF_8))
          .contains("tocsin_agent_http_requests_total{source=\"http\",status=\"429\"} 1.0");
    }
  }

  @Test
  void theBucketFillsWithTime() {
    // Given
    AtomicLong time = new AtomicLong();
    RateLimit limit = new RateLimit(10, time::get);
    limit.draw(25);

    // When
    Duration wait = limit.takeOne();
    time.addAndGet(wait.toNanos());

    // Then
    assertThat(wait).isEqualTo(Duration.ofMillis(600));
    assertThat(limit.takeOne()).isZero();
    assertThat(limit.takeOne()).isPositive();
  }

  @Test
  void theBrowsersScriptIsSmallAndKnowsItsAddress() throws Exception {
    try (IngestBox box = new IngestBox(dir, "path: /in/logs")) {
      // When
      HttpResponse<String> script = box.get("/browser.js");

      // Then
      assertThat(script.statusCode()).isEqualTo(200);
      assertThat(script.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/javascript");
      assertThat(script.body().getBytes(UTF_8).length).isLessThanOrEqualTo(2048);
      assertThat(script.body()).contains("\"/in/logs\"", "\"error\"", "\"unhandledrejection\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ port: 1, host: 0.0.0.0 } | it needs keys-file or keys",
        "{ host: 0.0.0.0 } | it needs port too",
        "{ path: logs } | must be a path",
        "{ port: 70000 } | must be a port",
        "{ origins: [shop.example] } | must be as a browser names it",
        "{ origins: ['https://shop.example/'] } | must be as a browser names it",
        "{ max-body: 1GiB } | must be 1KiB to 4MiB",
        "{ max-rate: 0 } | must be 1 or more",
        "{ keys-file: /nowhere/keys } | cannot be read",
        "{ name: a/b } | must be a name without a slash",
        "{ service: '' } | must not be empty",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    assertThatThrownBy(() -> ConfigReader.read("agent.yaml", yaml, HttpConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aKeyThatIsTooShortIsRefusedWithoutBeingShown() throws Exception {
    // Given
    Path file = Files.writeString(dir.resolve("keys"), KEY + "\nhunter2\n");

    // When
    assertThatThrownBy(() -> ConfigReader.read("a.yaml", "keys-file: " + file, HttpConfig.class))

        // Then
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("in line 2")
        .hasMessageNotContaining("hunter2");
  }

  private String keys() throws Exception {
    Path file = dir.resolveSibling(dir.getFileName() + "-keys");
    Files.writeString(file, "# who may send\n" + KEY + "\n\n" + OTHER + "\n");
    return "keys-file: " + file + "\n";
  }
}
