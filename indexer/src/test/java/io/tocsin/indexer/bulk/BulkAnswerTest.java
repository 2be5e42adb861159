package io.tocsin.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.document.Write;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkAnswerTest {

  private static List<Outcome> read(String json, int documents) {
    Document document = new Document(null, "i", "id", new Write.Once(), new byte[0], 0, 0, false);
    return BulkAnswer.read(
        json.getBytes(StandardCharsets.UTF_8), Collections.nCopies(documents, document));
  }

  @Test
  void outcomesComeInTheOrderOfTheDocuments() {
    // When
    List<Outcome> outcomes =
        read(
            """
            {"items":[{"index":{"status":201}},
              {"index":{"error":{"type":"mapper_parsing_exception","reason":"failed",
                "caused_by":{"reason":"at 1:2","caused_by":{"reason":"deep"}}},"status":400}},
              {"index":{"status":200,"_shards":{"total":[1,{"status":5}]}}},
              {"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}}]}
            """,
            4);
    // Then
    assertThat(outcomes)
        .containsExactly(
            new Outcome.Indexed(),
            new Outcome.Rejected(
                "mapping", "HTTP 400 mapper_parsing_exception: failed; at 1:2; deep"),
            new Outcome.Duplicate(),
            new Outcome.Retriable(
                "overloaded", "HTTP 429 es_rejected_execution_exception: full", false));
  }

  @Test
  void anAnswerOfNothingButSuccessIsReadByItsBytes() {
    // When
    List<Outcome> outcomes =
        read("{\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":200}}]}", 2);
    // Then
    assertThat(outcomes).containsExactly(new Outcome.Indexed(), new Outcome.Duplicate());
  }

  @Test
  void anAnswerThatIsAlmostPlainIsReadAsTheParserReadsIt() {
    String sound = "{\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":201}}]}";
    for (int i = 0; i < sound.length(); i++) {
      String broken = sound.substring(0, i) + '9' + sound.substring(i + 1);
      // A blank makes it something for the parser.
      assertThat(reasons(read(broken, 2))).as(broken).isEqualTo(reasons(read(broken + ' ', 2)));
    }
  }

  /** Without the details, which name places in the text. */
  private static List<String> reasons(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(o -> o instanceof Outcome.Retriable retriable ? retriable.reason() : o.toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>welcome to the proxy</html>",
        "{}",
        "[]",
        "{\"items\":5}",
        "{\"took\":5,\"errors\":false}",
        "{\"items\":[{\"index\":{\"status\":201}}]}",
        "{\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"sta",
        "{\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":201}},{\"index\":{\"status\":201}}]}"
      })
  void anAnswerThatIsNoneSettlesNothing(String json) {
    assertThat(read(json, 2))
        .hasSize(2)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Retriable.class,
                        retriable -> {
                          assertThat(retriable.reason()).isEqualTo("not_opensearch");
                          assertThat(retriable.suspect()).isFalse();
                        }));
  }
}
