package io.tocsin.console.dashboards;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Dashboards' query language means to OpenSearch, as far as the queries of this repository go:
 * {@code field: value}, lists in brackets, {@code and or not}, comparisons, {@code *}.
 */
final class Dql {

  private Dql() {}

  /** An equal query in Lucene's syntax, which OpenSearch understands itself. */
  static ObjectNode query(String dql) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    if (dql.isBlank()) {
      query.putObject("match_all");
      return query;
    }
    String lucene =
        dql.strip()
            .replaceAll("\\band\\b", "AND")
            .replaceAll("\\bor\\b", "OR")
            .replaceAll("\\bnot\\b", "NOT")
            .replaceAll("([\\w.]+)\\s*>=\\s*([^\\s)]+)", "$1:[$2 TO *]")
            .replaceAll("([\\w.]+)\\s*<=\\s*([^\\s)]+)", "$1:[* TO $2]")
            .replaceAll("([\\w.]+)\\s*>\\s*([^\\s)]+)", "$1:{$2 TO *]")
            .replaceAll("([\\w.]+)\\s*<\\s*([^\\s)]+)", "$1:[* TO $2}")
            .replaceAll("(?<=[\\w.]):\\s+", ":");
    query.putObject("query_string").put("query", lucene);
    return query;
  }
}
