package io.tocsin.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIdTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 170, 171, 511, 512})
  void whatFitsStays(int length) {
    assertThat(DocumentId.fit("x".repeat(length))).isEqualTo("x".repeat(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "\uD83D\uDD14"})
  void whatDoesNotFitIsHashedToSomethingThatDoes(String letter) {
    // Given
    String id = letter.repeat(513);
    // When // Then
    assertThat(DocumentId.fit(id)).hasSize(71).isNotEqualTo(DocumentId.fit(id + letter));
  }

  @Property
  void everyIdFitsAndHasAFormInUtf8(@ForAll String id) {
    String fit = DocumentId.fit(id);
    byte[] bytes = fit.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes.length).isLessThanOrEqualTo(512);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(fit);
  }

  @Test
  void halvesOfSurrogatePairsDoNotLookAlike() {
    assertThat(DocumentId.fit("a\uD800")).isNotEqualTo(DocumentId.fit("a\uD801"));
  }
}
