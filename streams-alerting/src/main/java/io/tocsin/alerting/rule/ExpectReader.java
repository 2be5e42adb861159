package io.tocsin.alerting.rule;

import io.tocsin.bootstrap.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the groups that an absence rule waits for. */
final class ExpectReader {

  private ExpectReader() {}

  static List<Map<String, Object>> read(ConfigNode node, List<String> groupBy) {
    List<Map<String, Object>> groups = new ArrayList<>();
    Gathering gathering = new Gathering();
    for (ConfigNode item : node.items()) {
      gathering.read(() -> groups.add(group(item, groupBy)));
    }
    gathering.check();
    return List.copyOf(groups);
  }

  private static Map<String, Object> group(ConfigNode node, List<String> groupBy) {
    Gathering gathering = new Gathering();
    gathering.addAll(node.unknownKeys(groupBy));
    Map<String, Object> group = new LinkedHashMap<>();
    for (String field : groupBy) {
      gathering.read(
          () ->
              group.put(
                      field,
                      Scalars.value(
                          node.get(field)
                              .orElseThrow(() -> node.missing(field, "give every group-by field"))))
                  == null);
    }
    gathering.check();
    return group;
  }
}
