package io.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentFileTest {

  private static final String FILE = "  - file: { paths: [/var/log/a.log], service: api }\n";

  @Test
  void theContractsExampleIsReadAsWritten() {
    // When
    AgentFile file =
        read(
            """
            agent: { name: edge-01, data: /var/lib/tocsin }
            sources:
              - serial:
                  device: charger-01
                  service: charger
                  port: /dev/ttyUSB0
                  baud: 115200
                  framing: { start: "<", end: ">", max-bytes: 4096 }
                  parse: tagged-pairs
              - file:
                  paths: [/var/log/charger/api.log]
                  service: api
                  format: json
                  fields: { ts: timestamp, level: level, event: type, message: message }
                  zone: Europe/Istanbul
                  start: beginning
            kafka: { bootstrap-servers: "kafka:9092" }
            """);

    // Then
    assertThat(file.agent().agentName()).isEqualTo("edge-01");
    assertThat(file.agent().data()).isEqualTo(Path.of("/var/lib/tocsin"));
    assertThat(file.sources())
        .extracting(SourceConfig::sourceName)
        .containsExactly("charger-01", "api");
    assertThat(file.kafka()).isNotNull();
  }

  @Test
  void whatIsSentAndWhatIsPipedInAreSourcesToo(@TempDir Path dir) throws Exception {
    // Given
    Path keys = Files.writeString(dir.resolve("keys"), "a-key-of-some-length\n");

    // When
    AgentFile file =
        read(
            """
            sources:
              - http: { path: /logs/ingest, keys-file: %s }
              - stdin: { service: worker, format: json }
              - file: { paths: [/var/log/a.log], service: api, multiline: python }
            """
                .formatted(keys));

    // Then
    assertThat(file.sources())
        .extracting(SourceConfig::sourceName)
        .containsExactly("http", "stdin", "api");
    assertThat(file.toString()).doesNotContain("a-key-of-some-length");
  }

  @Test
  void whatIsLeftOutHasADefault() {
    // When
    AgentFile file = read("sources:\n" + FILE);

    // Then
    assertThat(file.agent().data()).isEqualTo(Path.of(".tocsin/agent"));
    assertThat(file.agent().spoolMax().bytes()).isEqualTo(512L << 20);
    assertThat(file.agent().agentName()).isEqualTo(AgentSettings.hostName());
    assertThat(file.kafka()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"microphone", "camera"})
  void aSourceThatThisVersionDoesNotHaveIsRefused(String kind) {
    assertThatThrownBy(() -> read("sources:\n" + FILE + "  - " + kind + ": { every: 10s }\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "agent.yaml:3: sources[1]: '" + kind + "' must be one of serial, file, ",
            "(this version has no other; take it out)");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sources:
                      - probe: { name: api }
                      - fiel: { paths: [/a] }
                      - file: { paths: [a.log], service: api }
                    """))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refusal -> {
              assertThat(refusal.problems()).hasSize(3);
              assertThat(refusal.getMessage())
                  .contains("agent.yaml:2", "agent.yaml:3", "agent.yaml:4", "did you mean 'file'?")
                  .contains("must be full paths");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sources: [] | must name at least one source",
        "sources: [{ file: { paths: [/a], service: agent } }] | is the agent's own",
        "agent: { name: a/b } | must be a name without a slash",
        "agent: { spool-max: 1KiB } | must be 1MiB or more",
        "sources: [{ serial: {}, file: {} }] | must be one of serial, file",
        "sources: [text] | must be a mapping",
        "sources: [{ file: { paths: [/a], service: x } }, { file: { paths: [/b], service: x } }]"
            + " | sources[1]: 'x' names two sources",
        "sources: [{ http: {} }, { file: { paths: [/a], service: x } }, { http: { name: b } }]"
            + " | sources[2]: 'b' has no port, as http has none",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    String whole = yaml.startsWith("sources") ? yaml : yaml + "\nsources:\n" + FILE;
    assertThatThrownBy(() -> read(whole))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void twoThatListenAtOneAddressAreToldWithTheLineOfTheSecond() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sources:
                      - http: { service: web }
                      - http:
                          name: mobile
                          path: /other
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("agent.yaml:3: sources[1]: 'mobile' has no port, as http has none")
        .hasMessageContaining("give one of them a port of its own");
  }

  @Test
  void theGuidesExampleIsValid() throws Exception {
    // Given
    String page = Files.readString(Path.of("..", "docs", "guides", "agent.md"));
    String yaml = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n"));

    // When
    AgentFile file = read(yaml);

    // Then
    assertThat(file.sources()).hasSize(2);
  }

  @Test
  void theGuidesProbesAndHostAreValid() throws Exception {
    // Given
    String page = Files.readString(Path.of("..", "docs", "guides", "agent.md"));
    List<String> blocks =
        Pattern.compile("```yaml\n(sources:.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();

    // When
    List<SourceConfig> sources =
        blocks.stream().flatMap(yaml -> read(yaml).sources().stream()).toList();

    // Then
    assertThat(sources)
        .extracting(SourceConfig::sourceName)
        .contains("api-health", "postgres", "redis-ping", "orders", "host");
  }

  @Test
  void theGuidesOpenTelemetryIsValid() throws Exception {
    // When
    AgentFile file = read(GuidePage.examples("agent-opentelemetry.md").getFirst());

    // Then
    assertThat(file.sources()).hasSize(1);
  }

  @Test
  void theGuidesJournalsAreValid() throws Exception {
    // When
    AgentFile file = read(GuidePage.examples("agent-journal.md").getFirst());

    // Then
    assertThat(file.sources())
        .extracting(SourceConfig::sourceName)
        .containsExactly("journal", "payments");
  }

  @Test
  void theGuidesOwnLogIsValid() throws Exception {
    // When
    AgentFile file = read(GuidePage.examples("edge.md").getFirst());

    // Then
    assertThat(file.sources()).extracting(SourceConfig::sourceName).containsExactly("agent-log");
  }

  private static AgentFile read(String yaml) {
    return ConfigReader.read("agent.yaml", yaml, AgentFile.class);
  }
}
