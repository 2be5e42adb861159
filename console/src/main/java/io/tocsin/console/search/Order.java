package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/** By time, and within one millisecond by what never changes. */
public enum Order {
  /** The newest first. */
  DESC,
  /** The oldest first. */
  ASC;

  /**
   * Events of one millisecond stand by their id, which a replay does not change as it changes the
   * place in the index; so a page goes on where the one before ended whatever is written meanwhile.
   * Records of foreign producers carry no id: the place in the index tells those apart. A {@link
   * Cursor} holds these three.
   */
  ArrayNode by(String timeField) {
    String order = name().toLowerCase(Locale.ROOT);
    ArrayNode sort = JsonNodeFactory.instance.arrayNode();
    sort.addObject().putObject(timeField).put("order", order).put("unmapped_type", "date");
    sort.addObject()
        .putObject("id")
        .put("order", order)
        .put("unmapped_type", "keyword")
        .put("missing", "");
    sort.addObject().putObject("_seq_no").put("order", order).put("unmapped_type", "long");
    return sort;
  }
}
