package io.tocsin.indexer.bulk;

import io.tocsin.indexer.document.Prepared.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answer to a bulk request of which each document was taken, {@code
 * {"items":[{"index":{"status":201}},…]}}. Nearly every answer is that, and says so in as many
 * bytes, so it needs no parser.
 */
final class PlainAnswer {

  private static final byte[] HEAD = ascii("{\"items\":[");
  private static final byte[] TAKEN = ascii("{\"index\":{\"status\":20");
  private static final byte[] CLOSED = ascii("}}");
  private static final byte[] TAIL = ascii("]}");

  /** With the status' last digit and what follows: a comma, or the bracket behind the last. */
  private static final int ITEM = TAKEN.length + 1 + CLOSED.length + 1;

  private PlainAnswer() {}

  static boolean is(byte[] json, int count) {
    if (count == 0
        || json.length != HEAD.length + (long) count * ITEM + 1
        || !stands(HEAD, json, 0)
        || !stands(TAIL, json, json.length - TAIL.length)) {
      return false;
    }
    int last = HEAD.length + (count - 1) * ITEM;
    for (int at = HEAD.length; at <= last; at += ITEM) {
      if (!isItem(json, at) || (at < last && json[at + ITEM - 1] != ',')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isItem(byte[] json, int at) {
    byte digit = json[at + TAKEN.length];
    return (digit == '0' || digit == '1')
        && stands(TAKEN, json, at)
        && stands(CLOSED, json, at + TAKEN.length + 1);
  }

  private static boolean stands(byte[] part, byte[] json, int at) {
    return Arrays.equals(part, 0, part.length, json, at, at + part.length);
  }

  /** The outcomes, when {@link #is} has said yes. */
  static List<Outcome> read(byte[] json, List<Document> documents) {
    List<Outcome> outcomes = new ArrayList<>(documents.size());
    int digit = HEAD.length + TAKEN.length;
    for (Document document : documents) {
      outcomes.add(OutcomeClassifier.item(document.write(), 200 + json[digit] - '0', "", ""));
      digit += ITEM;
    }
    return outcomes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
