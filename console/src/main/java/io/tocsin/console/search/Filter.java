package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a document must be like to be found. */
public sealed interface Filter {

  /** The query clause of it. */
  ObjectNode clause();

  /** A field has exactly one of these values. */
  record OneOf(String field, List<String> values) implements Filter {
    @Override
    public ObjectNode clause() {
      ArrayNode terms = JsonNodeFactory.instance.arrayNode();
      values.forEach(terms::add);
      return wrap("terms", wrap(field, terms));
    }
  }

  /**
   * Every word of the text stands in one of the fields, or the whole text is a value somewhere
   * within {@code meta}. Never a syntax error, whatever the text.
   */
  record FreeText(String text, List<String> fields, String meta) implements Filter {
    @Override
    public ObjectNode clause() {
      ObjectNode words = JsonNodeFactory.instance.objectNode();
      words.put("query", text);
      fields.forEach(words.putArray("fields")::add);
      words.put("default_operator", "and").put("lenient", true);
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.put("minimum_should_match", 1);
      either
          .putArray("should")
          .add(wrap("simple_query_string", words))
          .add(wrap("term", wrap(meta, JsonNodeFactory.instance.textNode(text))));
      return wrap("bool", either);
    }
  }

  private static ObjectNode wrap(String name, com.fasterxml.jackson.databind.JsonNode content) {
    return JsonNodeFactory.instance.objectNode().set(name, content);
  }
}
