package io.tocsin.indexer.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a record's bytes: is it one JSON object in UTF-8, and what do a few of its
 * top-level fields say? Nothing is built from the rest.
 *
 * @param texts the texts of the wanted fields, in their order; null where the field is missing or
 *     holds no text
 * @param from where the object starts
 * @param multiline whether white space within holds a line end
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
record JsonScan(@Nullable String[] texts, int from, boolean multiline) {

  /** Deeper than any honest record; the index's own parser must not be sent down there. */
  static final int MAX_DEPTH = 100;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // Names come from anybody: interning them would fill the JVM's table, and a record built
          // to collide shall cost time, not fail.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  static JsonScan of(byte[] json, Wanted wanted) throws UnusableException {
    int from = start(json);
    JsonScan quick = QuickScan.of(json, from, wanted.names());
    return quick == null ? parsed(json, from, wanted.texts()) : quick;
  }

  /** The long way, for what is wrong or unusual. */
  static JsonScan parsed(byte[] json, int from, List<String> wanted) throws UnusableException {
    try (JsonParser in = JSON.createParser(json, from, json.length - from)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        in.skipChildren();
        throw new UnusableException(Flaw.NOT_OBJECT, "the record is JSON, but no object");
      }
      @Nullable String[] texts = fields(in, wanted);
      if (in.nextToken() != null) {
        throw new UnusableException(Flaw.NOT_JSON, "something follows the JSON object");
      }
      return new JsonScan(texts, from, in.currentLocation().getLineNr() > 1);
    } catch (StreamConstraintsException e) {
      boolean deep = e.getOriginalMessage().contains("nesting depth");
      throw new UnusableException(deep ? Flaw.TOO_DEEP : Flaw.TOO_LARGE, e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new UnusableException(Flaw.NOT_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      // Reading memory fails for one reason only: the bytes are no UTF-8.
      throw new UnusableException(Flaw.NOT_JSON, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String[] fields(JsonParser in, List<String> wanted) throws IOException {
    @Nullable String[] texts = new @Nullable String[wanted.size()];
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      int index = wanted.indexOf(name);
      if (index < 0) {
        in.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        texts[index] = in.getText();
      } else {
        in.skipChildren();
      }
    }
    return texts;
  }

  /** The first byte of the object: after a byte order mark and white space. */
  private static int start(byte[] json) throws UnusableException {
    int i = 0;
    if (json.length >= 3
        && json[0] == (byte) 0xEF
        && json[1] == (byte) 0xBB
        && json[2] == (byte) 0xBF) {
      i = 3;
    }
    while (i < json.length
        && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
      i++;
    }
    if (i == json.length) {
      throw new UnusableException(Flaw.EMPTY, "the record holds nothing");
    }
    // The parser would guess UTF-16 and UTF-32 and read them; the index would not.
    if (json[i] == 0 || (i + 1 < json.length && json[i + 1] == 0)) {
      throw new UnusableException(Flaw.NOT_JSON, "the record is not in UTF-8");
    }
    return i;
  }
}
