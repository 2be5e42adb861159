package io.tocsin.console.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.console.ChargerData;
import io.tocsin.console.RunningConsole;
import io.tocsin.console.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The saved objects are whole, and every panel shows something of a real station's day. */
@ExtendWith(Servers.Extension.class)
class DashboardsTest {

  /** {@code ./mvnw -pl console test -Dtest=DashboardsTest -Dtocsin.dashboards.write=true}. */
  private static final boolean WRITE = Boolean.getBoolean("tocsin.dashboards.write");

  private static final Path FOLDER = Path.of("../deploy/dashboards");
  private static final Path TEMPLATES =
      Path.of("../indexer/src/main/resources/io/tocsin/indexer/templates");

  /** What Dashboards 2.x and 3.x store of each type; anything else fails the import. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "index-pattern",
          Set.of(
              "title",
              "timeFieldName",
              "fields",
              "fieldFormatMap",
              "sourceFilters",
              "type",
              "typeMeta",
              "intervalName",
              "dataSourceRef"),
          "visualization",
          Set.of(
              "title",
              "description",
              "version",
              "visState",
              "uiStateJSON",
              "savedSearchRefName",
              "kibanaSavedObjectMeta"),
          "search",
          Set.of(
              "title",
              "description",
              "version",
              "hits",
              "columns",
              "sort",
              "kibanaSavedObjectMeta"),
          "dashboard",
          Set.of(
              "title",
              "description",
              "version",
              "hits",
              "panelsJSON",
              "optionsJSON",
              "timeRestore",
              "timeFrom",
              "timeTo",
              "refreshInterval",
              "kibanaSavedObjectMeta"));

  private static final Set<String> JSON_TEXTS =
      Set.of("visState", "uiStateJSON", "panelsJSON", "optionsJSON", "fields");

  @Test
  void theFileToImportIsBuiltOutOfTheReadableOnes() throws IOException {
    // When
    String fresh = SavedObjects.ndjson(FOLDER);
    if (WRITE) {
      Files.writeString(FOLDER.resolve("tocsin.ndjson"), fresh);
    }

    // Then
    assertThat(FOLDER.resolve("tocsin.ndjson")).hasContent(fresh);
  }

  @Test
  void everyReferenceResolvesAndIsUsed() throws IOException {
    // Given
    Map<String, JsonNode> objects = objects();

    // Then
    assertThat(objects.values().stream().filter(one -> type(one).equals("dashboard"))).hasSize(6);
    Set<String> meant = new HashSet<>();
    for (JsonNode object : objects.values()) {
      Set<String> names = new HashSet<>();
      for (JsonNode reference : object.get("references")) {
        String key = reference.get("type").asText() + "/" + reference.get("id").asText();
        assertThat(objects).as(object.get("id").asText()).containsKey(key);
        meant.add(key);
        names.add(reference.get("name").asText());
      }
      assertThat(names).isEqualTo(used(object));
    }
    objects.keySet().removeIf(key -> key.startsWith("dashboard/"));
    assertThat(meant).isEqualTo(objects.keySet());
  }

  private static Set<String> used(JsonNode object) {
    Set<String> used = new HashSet<>();
    Pattern name = Pattern.compile("(?:indexRefName|panelRefName)\\\\\":\\\\\"([^\\\\\"]+)");
    name.matcher(object.get("attributes").toString())
        .results()
        .forEach(found -> used.add(found.group(1)));
    return used;
  }

  @Test
  void attributesAreThoseOfTheTypeAndJsonWithinThemIsJson() throws IOException {
    for (JsonNode object : objects().values()) {
      JsonNode attributes = object.get("attributes");
      String id = object.get("id").asText();
      List<String> names = new ArrayList<>();
      attributes.fieldNames().forEachRemaining(names::add);
      assertThat(ATTRIBUTES.get(type(object))).as(id).containsAll(names);
      assertThat(attributes.get("title").asText()).isNotBlank();
      assertThat(object.at("/migrationVersion/" + type(object)).asText()).matches("7\\.\\d+\\.\\d");
      for (String name : names) {
        if (JSON_TEXTS.contains(name)) {
          assertThat(RunningConsole.parse(attributes.get(name).asText()).isContainerNode())
              .as(id + " " + name)
              .isTrue();
        }
      }
    }
  }

  @Test
  void panelsStandWithinTheGridAndNotUponEachOther() throws IOException {
    for (DashboardFile file : SavedObjects.dashboards(FOLDER)) {
      List<DashboardFile.Panel> panels = file.panels();
      for (int i = 0; i < panels.size(); i++) {
        DashboardFile.Place at = panels.get(i).at();
        String name = file.id() + ": " + panels.get(i).title();
        assertThat(at.x()).as(name).isNotNegative();
        assertThat(at.y()).as(name).isNotNegative();
        assertThat(at.w()).as(name).isBetween(8, 48 - at.x());
        assertThat(at.h()).as(name).isBetween(6, 30);
        for (int j = 0; j < i; j++) {
          assertThat(at.overlaps(panels.get(j).at())).as(name).isFalse();
        }
      }
    }
  }

  @Test
  void everyFieldIsOneThatTheIndicesHave() throws IOException {
    // Given
    Map<String, Set<String>> known = new HashMap<>();
    known.put("tocsin-logs", mapped("index-tocsin-logs", "component-tocsin-envelope"));
    known.put("tocsin-telemetry", mapped("index-tocsin-telemetry", "component-tocsin-envelope"));
    known.put("tocsin-alerts", mapped("index-tocsin-alerts"));
    known.put("tocsin-health", mapped("index-tocsin-health"));
    for (PatternsFile.Pattern pattern : SavedObjects.patterns(FOLDER).indexPatterns()) {
      Set<String> fields = known.get(pattern.id());
      assertThat(fields).as(pattern.id()).contains(pattern.time());
      for (PatternsFile.Computed computed : pattern.computed()) {
        assertThat(fields).containsAll(computed.needs());
        computed.needs().forEach(need -> assertThat(computed.script()).contains("doc['" + need));
        fields.add(computed.name());
      }
    }

    // Then
    for (DashboardFile file : SavedObjects.dashboards(FOLDER)) {
      for (DashboardFile.Panel panel : file.panels()) {
        List<String> asked = new ArrayList<>(VisState.fields(panel));
        asked.addAll(panel.by());
        asked.addAll(panel.columns());
        asked.removeIf(field -> field.startsWith("values."));
        assertThat(known.get(panel.index())).as(panel.title()).containsAll(asked);
      }
    }
  }

  private static Set<String> mapped(String... templates) throws IOException {
    Set<String> fields = new HashSet<>();
    for (String template : templates) {
      JsonNode json = RunningConsole.parse(Files.readString(TEMPLATES.resolve(template + ".json")));
      json.at("/template/mappings/properties").fieldNames().forEachRemaining(fields::add);
    }
    return fields;
  }

  @Test
  void everyPanelShowsSomethingOfARealDay(Servers servers) throws IOException {
    // Given
    fill(servers);
    Set<String> computed = new HashSet<>();
    SavedObjects.patterns(FOLDER).indexPatterns().stream()
        .flatMap(pattern -> pattern.computed().stream())
        .forEach(field -> computed.add(field.name()));
    Map<String, JsonNode> objects = objects();

    for (JsonNode object : objects.values()) {
      if (!type(object).equals("visualization") && !type(object).equals("search")) {
        continue;
      }
      String pattern = object.at("/references/0/id").asText();
      JsonNode looked = objects.get("index-pattern/" + pattern).get("attributes");
      String index = looked.get("title").asText();
      ObjectNode day = JsonNodeFactory.instance.objectNode();
      day.withObject("/range/" + looked.get("timeFieldName").asText())
          .put("gte", "2025-12-10T00:00:00Z")
          .put("lt", "2025-12-11T00:00:00Z");
      JsonNode source =
          RunningConsole.parse(
              object.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON").asText());
      String dql = source.at("/query/query").asText();
      JsonNode state =
          RunningConsole.parse(object.at("/attributes/visState").asText("{\"aggs\":[]}"));

      // When
      String body = PanelQuery.of(state, dql, day, computed).toString();
      JsonNode answer = RunningConsole.parse(servers.ask("POST", "/" + index + "/_search", body));

      // Then
      String name = object.get("id").asText() + " asked " + body;
      assertThat(answer.at("/hits/total/value").asInt()).as(name).isPositive();
      assertThat(answer.at("/_shards/failed").asInt()).as(name).isZero();
      holds(answer.path("aggregations"), name);
    }
  }

  /** Each bucket aggregation has buckets, and each number somewhere is one. */
  private static void holds(JsonNode aggregations, String name) {
    for (JsonNode aggregation : aggregations) {
      if (aggregation.has("buckets")) {
        assertThat(aggregation.get("buckets")).as(name).isNotEmpty();
        assertThat(aggregation.get("buckets"))
            .as(name)
            .anySatisfy(bucket -> assertThat(bucket.get("doc_count").asInt()).isPositive());
      } else {
        assertThat(aggregation.path("value").isNumber()).as(name).isTrue();
      }
    }
  }

  @Test
  void theQueriesOfTheGuideFindSomething(Servers servers) throws IOException {
    // Given
    fill(servers);
    String guide = Files.readString(Path.of("../docs/guides/search.md"));
    List<MatchResult> questions =
        Pattern.compile("\\(`(tocsin-\\w+)`\\)\\s+```dql\\s+(.*?)\\s+```", Pattern.DOTALL)
            .matcher(guide)
            .results()
            .toList();
    assertThat(questions).hasSize(10);

    for (MatchResult question : questions) {
      String body =
          "{\"size\":0,\"track_total_hits\":true,\"query\":" + Dql.query(question.group(2)) + "}";

      // When
      int found = count(servers, question.group(1), body);

      // Then: some, and not all
      int all = count(servers, question.group(1), "{\"size\":0,\"track_total_hits\":true}");
      assertThat(found).as(question.group(2)).isPositive().isLessThan(all);
    }
  }

  private static int count(Servers servers, String pattern, String body) {
    return RunningConsole.parse(servers.ask("POST", "/" + pattern + "-*/_search", body))
        .at("/hits/total/value")
        .asInt();
  }

  private static void fill(Servers servers) {
    ChargerData.indexInto(servers);
    servers.index("tocsin-alerts-2025.12.10", ChargerData.alerts());
    servers.index(
        "tocsin-health",
        Map.of(
            "api",
            """
            {"service":"api","status":"degraded","since":"2025-12-10T10:00:00.000Z","ts":"2025-12-10T10:00:00.000Z","reasons":["5 errors in 1m"]}\
            """));
  }

  private static Map<String, JsonNode> objects() throws IOException {
    Map<String, JsonNode> objects = new HashMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("tocsin.ndjson"))) {
      JsonNode object = RunningConsole.parse(line);
      String key = type(object) + "/" + object.get("id").asText();
      assertThat(objects.put(key, object)).as("second " + key).isNull();
    }
    return objects;
  }

  private static String type(JsonNode object) {
    return object.get("type").asText();
  }
}
