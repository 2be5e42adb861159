package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.AgentFile;
import io.tocsin.bootstrap.config.ConfigReference;
import io.tocsin.cli.services.ServicesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference in docs/ is written out of the records, and is never stale. */
class ReferenceTest {

  /** {@code ./mvnw -pl cli test -Dtest=ReferenceTest -Dtocsin.docs.write=true} writes it anew. */
  private static final boolean WRITE = Boolean.getBoolean("tocsin.docs.write");

  @ParameterizedTest
  @CsvSource({"agent,The agent's file", "tocsin,The services' file"})
  void everyKeyStandsInTheReference(String name, String title) throws Exception {
    // Given
    Path file = Path.of("..", "docs", "reference", name + ".md");
    Class<? extends Record> type = name.equals("agent") ? AgentFile.class : ServicesFile.class;
    // When
    String fresh =
        "# "
            + title
            + "\n\nWritten out of the code; a list's items stand behind `[]`. An example is in"
            + " [docs/examples](../examples/"
            + name
            + ".yaml).\n\n"
            + ConfigReference.markdown(type);
    if (WRITE) {
      Files.writeString(file, fresh);
    }
    // Then
    assertThat(file).hasContent(fresh);
  }
}
