package io.tocsin.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void readsWhatItWrote() {
    // Given
    ArrayNode values =
        JsonNodeFactory.instance.arrayNode().add(1795220100500L).add("edge/ä/1/2").add(7L);

    // When
    String text = new Cursor(values).text();

    // Then
    assertThat(text).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.parse(text))
        .map(cursor -> cursor.values().toString())
        .hasValue(values.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1,2]",
        "[1,\"a\",2,4]",
        "[1.5,\"a\",2]",
        "[\"1\",\"a\",2]",
        "[1,2,3]",
        "[1,{\"script\":\"x\"},2]",
        "{}",
        "no JSON",
      })
  void anythingElseIsNone(String json) {
    String text = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    assertThat(Cursor.parse(text)).isEmpty();
    assertThat(Cursor.parse(json)).isEmpty();
  }
}
