package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class NotifierValidateTest extends NotifierFileTestCase {

  @Test
  void aGoodFileIsCountedAndWhoIsNeverToldIsNamed() {
    // When
    Invocation validate = Invocation.of("notifier", "validate", "--config", config);
    // Then
    assertThat(validate.status()).as(validate.err()).isZero();
    assertThat(validate.out())
        .contains("notifier.yaml: good, 7 receivers", "no route leads to night")
        .doesNotContain("leads to screen");
  }

  @Test
  void theSectionOfTheServicesFileWillDo() throws IOException {
    // Given: the rest is another service's, and its secret is not here
    String services =
        "kafka: { sasl.jaas.config: { file: /nowhere } }\nnotifier:\n"
            + filled(NOTIFIER, 1).indent(2);
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("tocsin.yaml", services));
    // Then
    assertThat(validate.status()).as(validate.err()).isZero();
  }

  @Test
  void everyProblemIsToldWithItsLine() throws IOException {
    // Given
    String broken =
        filled(NOTIFIER, 1).replace("FOLDER/token", "x").replace("chat: \"-1\"", "chat: me");
    String noSecret = broken.replace(folder.resolve("slack").toString(), "/nowhere");
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("broken.yaml", noSecret));
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err())
        .contains("broken.yaml:3", "/nowhere", "broken.yaml:13", "chat", "2 problems")
        .doesNotContain("Exception", KEY);
  }

  @Test
  void aFileOfSomethingElseIsCalledThat() throws IOException {
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("other.yaml", "sources: []\n"));
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err()).contains("other.yaml says nothing of a notifier");
  }
}
