package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema says of a file is what the reader says. */
class RuleSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCS = Path.of("../docs/reference");
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(RuleSet.schema());

  @Test
  void theDefaultPackIsGood() {
    assertThat(problems(RuleSet.defaultPackText())).isEmpty();
  }

  @Test
  void theRulesOfTheReferenceAreGood() throws IOException {
    List<String> files = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("```yaml\n(rules:\n.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS.resolve("rule-semantics.md")));
    while (blocks.find()) {
      files.add(blocks.group(1));
    }
    assertThat(files).hasSizeGreaterThan(9).allSatisfy(f -> assertThat(problems(f)).isEmpty());
  }

  @Test
  void theCopyInTheDocsIsTheSame() throws IOException {
    assertThat(DOCS.resolve("rules.schema.json")).hasContent(RuleSet.schema());
  }

  @Test
  void everyKeyThatTheReaderKnowsIsInTheSchema() throws IOException {
    List<String> keys = new ArrayList<>();
    JSON.readTree(RuleSet.schema())
        .at("/$defs/rule/properties")
        .fieldNames()
        .forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrderElementsOf(RuleReader.KEYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ name: a }",
        "{ count: 1, within: 1m }",
        "{ name: Api Errors, count: 1, within: 1m }",
        "{ name: a, count: 1, within: 1m, severity: urgent }",
        "{ name: a, count: 1, within: 1m, from: metrics }",
        "{ name: a, count: 1, within: 1m, threshold: 5 }",
        "{ name: a, count: 0, within: 1m }",
        "{ name: a, count: 1 }",
        "{ name: a, count: 1, within: 5 }",
        "{ name: a, count: 1, within: 0s }",
        "{ name: a, count: 1, within: 1m, among: { service: api } }",
        "{ name: a, count: 1, within: 1m, change: { of: event, to: x } }",
        "{ name: a, count: 1, within: 1m, match: { service: { like: api } } }",
        "{ name: a, count: 1, within: 1m, match: { service: [] } }",
        "{ name: a, count: 1, within: 1m, match: { message: { regex: '(' } } }",
        "{ name: a, count: 1, within: 1m, match: { any-of: [] } }",
        "{ name: a, count: 1, within: 1m, annotations: { inhibited-by: b } }",
        "{ name: a, count: 1, within: 1m, inhibited-by: [b, b] }",
        "{ name: a, distinct: { of: meta.user }, within: 1m }",
        "{ name: a, consecutive: 3 }",
        "{ name: a, consecutive: 3, among: {}, within: 1m }",
        "{ name: a, ratio: { above: 1 }, among: {}, within: 1m }",
        "{ name: a, ratio: { above: 0.5 }, within: 1m }",
        "{ name: a, aggregate: { avg: x, max: y, above: 1 }, within: 1m }",
        "{ name: a, aggregate: { avg: x, above: 1, below: 0 }, within: 1m }",
        "{ name: a, aggregate: { avg: x }, within: 1m }",
        "{ name: a, deviation: { of: x, above: 0.5 }, within: 1m }",
        "{ name: a, deviation: { of: x, baseline: 1h }, within: 1m }",
        "{ name: a, absent-for: 1m, within: 1m }",
        "{ name: a, absent-for: soon }",
        "{ name: a, change: { of: x } }",
        "{ name: a, new: { learn: 1d } }",
        "{ name: a, new: { of: x, learn: 1d }, expect: [] }",
        "{ name: a, count: 1, within: 1m, group-by: [a..b] }",
      })
  void whatTheReaderRefusesTheSchemaRefuses(String rule) {
    String file = "rules:\n  - " + rule + "\n";
    assertThatThrownBy(() -> RuleSet.parse("rules.yaml", file)).isInstanceOf(ConfigException.class);
    assertThat(problems(file)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ name: a, count: 1, within: 1 m, group-by: service, inhibited-by: b }",
        "{ name: a, count: 1, within: 1m, match: { level: [error, crit], meta.code: { not: [1, 2] } } }",
        "{ name: a, count: 1, within: 1m, match: { any-of: [{ a: true }], none-of: [{ b: 1.5 }] } }",
        "{ name: a, deviation: { of: x, below: 2, baseline: 1h }, within: 1m, labels: { tier: 1 } }",
        "{ name: a, absent-for: 1m, group-by: [device], expect: [{ device: one }] }",
        "{ name: a, change: { of: x, to: 8, from: 5 }, for: 0s }",
        "{ name: a, new: { of: x }, resolve-after: 2h }",
      })
  void whatTheReaderTakesTheSchemaTakes(String rule) {
    String file = "rules:\n  - " + rule + "\n";
    assertThat(RuleSet.parse("rules.yaml", file).rules()).hasSize(1);
    assertThat(problems(file)).isEmpty();
  }

  private static Set<ValidationMessage> problems(String yaml) {
    JsonNode file =
        JSON.valueToTree(ConfigReader.read("rules.yaml", yaml, ConfigNode.class).plain());
    return SCHEMA.validate(
        file, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }
}
