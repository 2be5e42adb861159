package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look after an agent. */
class AgentCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir Path folder;

  @Test
  void theSchemaTakesTheExampleAndEveryFileInTheGuide() throws Exception {
    // Given
    JsonSchema schema = schema();
    // When, then
    assertThat(problems(schema, Files.readString(DOCS.resolve("examples/agent.yaml")))).isEmpty();
    Matcher snippets =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS.resolve("guides/agent.md")));
    int checked = 0;
    while (snippets.find()) {
      String yaml = snippets.group(1);
      if (yaml.contains("sources:")) {
        assertThat(problems(schema, yaml)).as(yaml).isEmpty();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sources: []\nagnt: {}",
        "sources: [ { fil: { paths: [/a], service: api } } ]",
        "sources: [ { file: { service: api } } ]",
        "sources: [ { file: { paths: [/a], service: api, format: jsn } } ]",
        "sources: [ { probe: { name: a, service: b, url: 'http://x', every: 30 } } ]",
        "agent: { spool-max: 512 }\nsources: []",
      })
  void theSchemaMarksMistakes(String yaml) throws Exception {
    assertThat(problems(schema(), yaml)).isNotEmpty();
  }

  @Test
  void withoutAMemoryThereIsAClearError() {
    // When
    Invocation spool = Invocation.of("agent", "spool", "inspect", "--data", folder.toString());
    Invocation files = Invocation.of("agent", "tail-state", "--data", folder.toString());
    // Then
    assertThat(spool.status()).isEqualTo(2);
    assertThat(spool.err()).contains("no spool").contains(folder.toString());
    assertThat(files.status()).isEqualTo(2);
    assertThat(files.err()).contains("no checkpoints");
  }

  @Test
  void anEmptySpoolAndNoFilesAreShownAsSuch() throws Exception {
    // Given
    Files.createDirectories(folder.resolve("spool"));
    Files.createDirectories(folder.resolve("checkpoints"));
    // When
    Invocation spool =
        Invocation.of("agent", "spool", "inspect", "--data", folder.toString(), "--output", "json");
    Invocation files = Invocation.of("agent", "tail-state", "--data", folder.toString());
    // Then
    JsonNode found = JSON.readTree(spool.out());
    assertThat(found.path("waiting").asInt()).isZero();
    assertThat(found.path("segments").isArray()).isTrue();
    assertThat(files.out()).contains("no file was read yet");
  }

  private static JsonSchema schema() {
    Invocation printed = Invocation.of("agent", "schema");
    assertThat(printed.status()).isZero();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(printed.out());
  }

  private static Set<ValidationMessage> problems(JsonSchema schema, String yaml)
      throws IOException {
    Object plain = ConfigReader.read("agent.yaml", yaml, ConfigNode.class).plain();
    return schema.validate(JSON.valueToTree(plain));
  }
}
