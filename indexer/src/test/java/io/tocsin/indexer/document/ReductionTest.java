package io.tocsin.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.indexer.document.Prepared.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReductionTest {

  private static final List<String> ENVELOPE = List.of("ts", "service");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static Document document(byte[] source, int from) {
    return new Document(null, "index", "id", new Write.Once(), source, from, source.length, false);
  }

  private static JsonNode read(Document document) throws IOException {
    return JSON.readTree(document.source(), document.from(), document.to() - document.from());
  }

  @Test
  void theEnvelopeStaysAndTheRestIsKeptUnindexed() {
    // Given
    String json =
        """
        { "ts" : "t", "meta":{"a.b" : [1, {"c":"ü\\n"}]} ,"service":"s","x":3920.10,"":null,"level":{"a":1} } """;
    // When
    Document reduced =
        Reduction.of(document(json.getBytes(StandardCharsets.UTF_8), 0)).orElseThrow();
    // Then
    assertThat(new String(reduced.source(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"ts" : "t","service":"s","level":{"a":1},"unindexed":{"meta":{"a.b" : [1, {"c":"ü\\n"}]},"x":3920.10,"":null}}""");
    assertThat(reduced.reduced()).isTrue();
  }

  @Test
  void thereIsNoThirdChance() {
    // Given
    Document reduced =
        Reduction.of(document("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 0)).orElseThrow();
    // When // Then
    assertThat(Reduction.of(reduced)).isEmpty();
  }

  @Test
  void anEnvelopeAloneCannotBeReduced() {
    // Given
    byte[] json = "{\"ts\":\"t\",\"level\":{}}".getBytes(StandardCharsets.UTF_8);
    // When // Then
    assertThat(Reduction.of(document(json, 0))).isEmpty();
  }

  @Property(tries = 300)
  void nothingIsLostAndNothingIsAdded(@ForAll("objects") ObjectNode object) throws IOException {
    // Given
    byte[] json = ("  " + object.toPrettyString()).getBytes(StandardCharsets.UTF_8);
    JsonNode before = JSON.readTree(json);
    // When
    var reduced = Reduction.of(document(json, 2));
    // Then
    ObjectNode again;
    if (reduced.isPresent()) {
      again = (ObjectNode) read(reduced.get());
      ObjectNode rest = (ObjectNode) again.remove("unindexed");
      assertThat(rest.isEmpty()).isFalse();
      again.setAll(rest);
    } else {
      again = (ObjectNode) before;
      assertThat(object.fieldNames()).toIterable().allMatch(ENVELOPE::contains);
    }
    assertThat(again).isEqualTo(before);
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("ts", "service", "meta", "values", "a.b", "unindexed2", ""),
            Arbitraries.strings().ofMaxLength(5).filter(name -> !name.equals("unindexed")));
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(200).map(NODES::textNode),
            Arbitraries.longs().map(NODES::numberNode),
            Arbitraries.doubles().map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.just(NODES.nullNode()));
    Arbitrary<JsonNode> values =
        Arbitraries.lazyOf(
            () -> scalars,
            () -> scalars.list().ofMaxSize(3).map(ReductionTest::array),
            () -> Arbitraries.maps(names, scalars).ofMaxSize(3).map(ReductionTest::object));
    return Arbitraries.maps(names, values).ofMaxSize(8).map(ReductionTest::object);
  }

  private static JsonNode array(List<JsonNode> items) {
    return NODES.arrayNode().addAll(items);
  }

  private static ObjectNode object(Map<String, JsonNode> fields) {
    return NODES.objectNode().setAll(fields);
  }
}
