package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.AgentFile;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.cli.services.ServicesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is true. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  @ParameterizedTest
  @MethodSource("pages")
  void yamlInItParsesAndRulesInItAreValid(Path page) throws IOException {
    for (MatchResult snippet : find(YAML, page)) {
      ConfigNode node = ConfigReader.read(page.toString(), snippet.group(1), ConfigNode.class);
      if (node.isMap()
          && node.keys().contains("rules")
          && node.get("rules").orElseThrow().isList()) {
        assertThat(RuleSet.parse(page.toString(), snippet.group(1)).rules()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itsLinksLeadSomewhere(Path page) throws IOException {
    for (MatchResult link : find(LINK, page)) {
      assertThat(page.resolveSibling(link.group(1))).as(page + ": " + link.group()).exists();
    }
  }

  @Test
  void theExampleFilesAreValid() {
    Path examples = ROOT.resolve("docs/examples");
    assertThat(ConfigReader.read(examples.resolve("agent.yaml"), AgentFile.class).sources())
        .hasSize(2);
    assertThat(ConfigReader.read(examples.resolve("tocsin.yaml"), ServicesFile.class).kafka())
        .hasToString("KafkaSettings{bootstrap.servers=kafka:9092}");
  }

  @Test
  void theComposeFileRunsCommandsThatExist() throws IOException {
    // Given
    String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
    Matcher commands = Pattern.compile("command: \\[\"(\\w+)\", \"(\\w+)\"").matcher(compose);
    // When, then: picocli knows each, so its help is shown
    assertThat(commands.results().map(m -> List.of(m.group(1), m.group(2), "--help")))
        .hasSizeGreaterThan(4)
        .allSatisfy(
            command -> assertThat(TocsinCommand.execute(command.toArray(String[]::new))).isZero());
  }

  static Stream<Path> pages() throws IOException {
    List<Path> pages;
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      pages = docs.filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
    return Stream.concat(
        Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), pages.stream());
  }

  private static List<MatchResult> find(Pattern pattern, Path page) throws IOException {
    return pattern.matcher(Files.readString(page)).results().toList();
  }
}
