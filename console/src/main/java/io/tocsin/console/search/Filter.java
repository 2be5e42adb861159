package io.tocsin.console.search;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** One of these fields has this value. */
  record AnyOf(List<String> fields, String value) implements Filter {
    @Override
    public ObjectNode clause() {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.put("minimum_should_match", 1);
      ArrayNode should = either.putArray("should");
      fields.forEach(
          field -> should.add(wrap("term", wrap(field, JsonNodeFactory.instance.textNode(value)))));
      return wrap("bool", either);
    }
  }

  /** The document of this id, whether it carries the id itself or is only indexed under it. */
  record Id(String id) implements Filter {
    @Override
    public ObjectNode clause() {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.put("minimum_should_match", 1);
      ArrayNode ids = JsonNodeFactory.instance.arrayNode().add(id);
      either
          .putArray("should")
          .add(wrap("ids", wrap("values", ids)))
          .add(wrap("term", wrap("id", JsonNodeFactory.instance.textNode(id))));
      return wrap("bool", either);
    }
  }

  /** Lines of one life of one source whose sequence lies in a range. */
  record Lines(String prefix, SequenceRange range) implements Filter {
    @Override
    public ObjectNode clause() {
      ObjectNode regexp = JsonNodeFactory.instance.objectNode();
      regexp.put("value", escaped(prefix) + "(" + range.pattern() + ")").put("flags", "INTERVAL");
      return wrap("regexp", wrap("id", regexp));
    }

    private static String escaped(String text) {
      return text.replaceAll("([^A-Za-z0-9])", "\\\\$1");
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

  private static ObjectNode wrap(String name, JsonNode content) {
    return JsonNodeFactory.instance.objectNode().set(name, content);
  }
}
