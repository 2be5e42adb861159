package io.tocsin.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.console.RunningConsole;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and what protects it; neither Kafka nor OpenSearch is needed for it. */
class PageTest {

  private static final Path FILES = Path.of("src/main/resources/io/tocsin/console/web");
  private static RunningConsole console;

  @BeforeAll
  static void start() {
    console =
        new RunningConsole(
            "{ hosts: [tocsin.example.org] }",
            KafkaSettings.of("127.0.0.1:1"),
            OpenSearchSettings.of(URI.create("http://127.0.0.1:1")),
            Clock.systemUTC(),
            List::of);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void everythingThePageAsksForIsServedWithItsType() {
    // Given
    String page = console.get("/").body();
    Matcher asked = Pattern.compile("(?:href|src)=\"(assets/[^\"]+)\"").matcher(page);

    // When
    List<HttpResponse<String>> answers =
        asked.results().map(found -> console.get("/" + found.group(1))).toList();

    // Then
    assertThat(page).startsWith("<!doctype html>").contains("<html");
    assertThat(answers).hasSize(4).allMatch(answer -> answer.statusCode() == 200);
    assertThat(answers)
        .extracting(answer -> answer.headers().firstValue("Content-Type").orElse(""))
        .containsExactly(
            "image/svg+xml",
            "text/css; charset=utf-8",
            "text/javascript; charset=utf-8",
            "text/javascript; charset=utf-8");
  }

  @Test
  void everyModuleThatAModuleImportsIsServed() throws IOException {
    // Given
    Pattern imported = Pattern.compile("from \"\\./([a-z]+\\.js)\"");
    for (Path script : scripts()) {
      Matcher names = imported.matcher(Files.readString(script));

      // When, Then
      while (names.find()) {
        assertThat(console.get("/assets/" + names.group(1)).statusCode())
            .as("%s imports %s", script, names.group(1))
            .isEqualTo(200);
      }
    }
  }

  @Test
  void theIconIsWhereBrowsersLookForIt() {
    assertThat(console.get("/favicon.ico").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/assets/nothing.js", "/assets/Assets.class", "/assets/..%2Fpackage-info"})
  void nothingElseIsServed(String path) {
    assertThat(console.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    // Given
    String tag = console.get("/assets/app.js").headers().firstValue("ETag").orElseThrow();

    // When
    HttpResponse<String> again = console.get("/assets/app.js", "If-None-Match", tag);

    // Then
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/app.js", "/alerts", "/logs/recent?limit=0", "/assets/none"})
  void everyAnswerGoodOrBadCarriesTheSecurityHeaders(String path) {
    // When
    HttpResponse<String> answer = console.get(path);

    // Then
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/alerts", "/logs/recent", "/stream", "/assets/app.js"})
  void aNameThatIsNotOursGetsNoAnswer(String path) throws IOException {
    assertThat(raw(path, "evil.example")).startsWith("HTTP/1.1 421").contains("evil.example");
    assertThat(raw("/", "tocsin.example.org")).startsWith("HTTP/1.1 200");
  }

  @Test
  void thePageNeedsNothingFromElsewhereAndNeverTakesTextForMarkup() throws IOException {
    for (Path file : scripts()) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
    String page = console.get("/").body();
    assertThat(page).doesNotContain("http://", "https://", "style=", "onclick=");
    assertThat(Files.readString(FILES.resolve("console.css"))).doesNotContain("url(", "@import");
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
  }

  /** The JDK's client does not let a test choose the Host header. */
  private static String raw(String path, String host) throws IOException {
    URI uri = console.uri(path);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
