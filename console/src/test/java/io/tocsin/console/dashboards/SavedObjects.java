package io.tocsin.console.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The readable files to what Dashboards imports. */
final class SavedObjects {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index";

  private SavedObjects() {}

  static PatternsFile patterns(Path folder) {
    return ConfigReader.read(folder.resolve("index-patterns.yaml"), PatternsFile.class);
  }

  static List<DashboardFile> dashboards(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("index-patterns.yaml"))
          .sorted()
          .map(file -> ConfigReader.read(file, DashboardFile.class))
          .toList();
    }
  }

  /** One object a line: patterns, then each dashboard after its panels. */
  static String ndjson(Path folder) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    patterns(folder).indexPatterns().forEach(pattern -> objects.add(pattern(pattern)));
    for (DashboardFile file : dashboards(folder)) {
      file.panels().forEach(panel -> objects.add(panel(file, panel)));
      objects.add(dashboard(file));
    }
    return objects.stream().map(object -> object + "\n").collect(Collectors.joining());
  }

  private static ObjectNode pattern(PatternsFile.Pattern pattern) {
    ObjectNode attributes = JSON.objectNode();
    attributes.put("title", pattern.title()).put("timeFieldName", pattern.time());
    if (!pattern.computed().isEmpty()) {
      ArrayNode fields = JSON.arrayNode();
      for (PatternsFile.Computed computed : pattern.computed()) {
        // Without readFromDocValues, which makes Dashboards read all other fields from the cluster.
        fields
            .addObject()
            .put("count", 0)
            .put("name", computed.name())
            .put("type", "number")
            .put("script", computed.script())
            .put("lang", "painless")
            .put("scripted", true)
            .put("searchable", true)
            .put("aggregatable", true);
      }
      attributes.put("fields", fields.toString());
    }
    return object("index-pattern", "7.6.0", pattern.id(), attributes, JSON.arrayNode());
  }

  private static ObjectNode panel(DashboardFile file, DashboardFile.Panel panel) {
    ObjectNode attributes = JSON.objectNode();
    attributes.put("title", panel.title()).put("description", "").put("version", 1);
    boolean list = panel.type() == DashboardFile.Type.LIST;
    if (list) {
      attributes.put("hits", 0);
      panel.columns().forEach(attributes.putArray("columns")::add);
      attributes.putArray("sort").addArray().add(VisState.timeField(panel)).add("desc");
    } else {
      attributes.put("visState", VisState.of(panel).toString()).put("uiStateJSON", "{}");
    }
    ObjectNode source = JSON.objectNode();
    source.putObject("query").put("query", panel.dql()).put("language", "kuery");
    source.putArray("filter");
    source.put("indexRefName", INDEX_REFERENCE);
    attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", source.toString());
    ArrayNode references = JSON.arrayNode();
    references.add(reference(INDEX_REFERENCE, "index-pattern", panel.index()));
    return object(
        list ? "search" : "visualization",
        list ? "7.9.3" : "7.10.0",
        panel.id(file.id()),
        attributes,
        references);
  }

  private static ObjectNode dashboard(DashboardFile file) {
    ArrayNode panels = JSON.arrayNode();
    ArrayNode references = JSON.arrayNode();
    for (DashboardFile.Panel panel : file.panels()) {
      String index = Integer.toString(panels.size() + 1);
      String name = "panel_" + panels.size();
      ObjectNode json = panels.addObject();
      json.put("version", "2.19.0").put("panelIndex", index).put("panelRefName", name);
      json.putObject("gridData")
          .put("x", panel.at().x())
          .put("y", panel.at().y())
          .put("w", panel.at().w())
          .put("h", panel.at().h())
          .put("i", index);
      json.putObject("embeddableConfig");
      boolean list = panel.type() == DashboardFile.Type.LIST;
      references.add(reference(name, list ? "search" : "visualization", panel.id(file.id())));
    }
    ObjectNode attributes = JSON.objectNode();
    attributes
        .put("title", file.title())
        .put("hits", 0)
        .put("description", file.description())
        .put("panelsJSON", panels.toString())
        .put("optionsJSON", "{\"hidePanelTitles\":false,\"useMargins\":true}")
        .put("version", 1)
        .put("timeRestore", true)
        .put("timeFrom", file.since())
        .put("timeTo", "now");
    attributes.putObject("refreshInterval").put("pause", false).put("value", 30_000);
    attributes
        .putObject("kibanaSavedObjectMeta")
        .put(
            "searchSourceJSON",
            "{\"query\":{\"query\":\"\",\"language\":\"kuery\"},\"filter\":[]}");
    return object("dashboard", "7.9.3", file.id(), attributes, references);
  }

  private static ObjectNode reference(String name, String type, String id) {
    return JSON.objectNode().put("name", name).put("type", type).put("id", id);
  }

  /** A migration version keeps Dashboards from taking it for an object of its oldest form. */
  private static ObjectNode object(
      String type, String migrated, String id, ObjectNode attributes, ArrayNode references) {
    ObjectNode object = JSON.objectNode();
    object.put("id", id).put("type", type);
    object.set("attributes", attributes);
    object.set("references", references);
    object.putObject("migrationVersion").put(type, migrated);
    return object;
  }
}
