package io.tocsin.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.document.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BulkBodyTest {

  private static Document document(String id, Write write, String source, int from) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    return new Document(null, "i-2026.11.21", id, write, bytes, from, bytes.length, false);
  }

  private static String text(List<Document> documents) {
    BulkBody body = BulkBody.of(documents);
    return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
  }

  @Test
  void eachWriteHasItsActionLine() {
    assertThat(
            text(
                List.of(
                    document("a/1", new Write.Once(), "  {\"x\":1}", 2),
                    document("api", new Write.Latest(42), "{}", 0),
                    document("old", new Write.Remove(43), "", 0))))
        .isEqualTo(
            """
            {"index":{"_index":"i-2026.11.21","_id":"a/1"}}
            {"x":1}
            {"index":{"_index":"i-2026.11.21","_id":"api","version_type":"external_gte","version":42}}
            {}
            {"delete":{"_index":"i-2026.11.21","_id":"old","version_type":"external_gte","version":43}}
            """);
  }

  @Property
  void anyIdStaysWithinItsLine(@ForAll String raw) throws IOException {
    // Given
    String id = new String(raw.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    // When
    String[] lines = text(List.of(document(id, new Write.Once(), "{}", 0))).split("\n", -1);
    // Then
    assertThat(lines).hasSize(3);
    assertThat(new ObjectMapper().readTree(lines[0]).at("/index/_id").asText()).isEqualTo(id);
  }
}
