package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedOpenSearchTest {
  @TempDir static Path dir;
  private static EmbeddedOpenSearch node;
  private static SearchClient client;

  @BeforeAll
  static void start() {
    node = EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(dir));
    client = new SearchClient(node.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    node.close();
  }

  @Test
  void itIsTheVersionThatTheBuildAskedFor() {
    // When
    String greeting = client.get("/");

    // Then
    assertThat(System.getProperty("opensearch.version")).isNotNull();
    assertThat(greeting)
        .containsPattern(
            "\"number\" ?: ?\"" + Pattern.quote(System.getProperty("opensearch.version")));
  }

  @Test
  void aDocumentIsFoundByItsWords() {
    // Given
    client.put("/words/_doc/1?refresh=true", "{\"message\":\"the serial port was unplugged\"}");

    // When
    String found = client.get("/words/_search?q=message:unplugged");

    // Then
    assertThat(found).contains("\"_id\":\"1\"");
  }

  @Test
  void aBulkBodyIsIndexed() {
    // Given
    String body =
        """
        {"index":{"_index":"bulk","_id":"a"}}
        {"level":"ERROR"}
        {"index":{"_index":"bulk","_id":"b"}}
        {"level":"INFO"}
        """;

    // When
    String answer = client.post("/_bulk?refresh=true", "application/x-ndjson", body);

    // Then
    assertThat(answer).contains("\"errors\":false");
    assertThat(client.get("/bulk/_count")).contains("\"count\":2");
  }

  @Test
  void aFlatObjectTakesConflictingTypesAndIsSearchable() {
    // Given
    client.put("/flat", "{\"mappings\":{\"properties\":{\"meta\":{\"type\":\"flat_object\"}}}}");

    // When
    client.put("/flat/_doc/1?refresh=true", "{\"meta\":{\"user\":{\"id\":7}}}");
    client.put("/flat/_doc/2?refresh=true", "{\"meta\":{\"user\":\"seven\"}}");

    // Then
    assertThat(client.get("/flat/_count")).contains("\"count\":2");
    assertThat(client.get("/flat/_search?q=meta.user.id:7")).contains("\"_id\":\"1\"");
  }

  @Test
  void anIndexIsGreenByItself() {
    // Given
    client.put("/green/_doc/1?refresh=true", "{}");

    // When
    String health = client.get("/_cluster/health/green?wait_for_status=green&timeout=30s");

    // Then
    assertThat(health).contains("\"status\":\"green\"");
  }

  @Test
  void itListensOnLoopbackOnly() {
    assertThat(node.uri().getHost()).isEqualTo("127.0.0.1");
    assertThat(client.get("/_nodes/http,transport?filter_path=**.bound_address"))
        .doesNotContain("0.0.0.0", "[::]:");
  }

  @Test
  void itLogsToAFile() {
    assertThat(dir.resolve("logs/opensearch.log")).isNotEmptyFile();
  }

  @Test
  void aFolderInUseIsRefused() {
    assertThatThrownBy(() -> EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(dir)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("another process or server uses the data folder " + dir);
  }

  @Test
  void aTakenPortIsRefused(@TempDir Path other) {
    // Given
    int port = node.uri().getPort();

    // When // Then
    assertThatThrownBy(
            () -> EmbeddedOpenSearch.start(new EmbeddedOpenSearch.Options(other, port, Map.of())))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("port " + port + " of 127.0.0.1 is taken")
        .hasMessageContaining("choose another port");
  }

  @Test
  void aSettingOpenSearchDoesNotKnowIsNamed(@TempDir Path other) {
    // Given
    EmbeddedOpenSearch.Options options =
        new EmbeddedOpenSearch.Options(other, 0, Map.of("cluster.nome", "x"));

    // When // Then
    assertThatThrownBy(() -> EmbeddedOpenSearch.start(options))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("cluster.nome");
  }

  @Test
  void documentsSurviveARestart(@TempDir Path kept) {
    // Given
    try (EmbeddedOpenSearch first = EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(kept));
        SearchClient before = new SearchClient(first.uri())) {
      before.put("/kept/_doc/1", "{\"message\":\"still here\"}");
    }

    // When
    try (EmbeddedOpenSearch second = EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(kept));
        SearchClient after = new SearchClient(second.uri())) {

      // Then
      assertThat(after.get("/kept/_search?q=message:still")).contains("\"_id\":\"1\"");
    }
  }
}
