package io.tocsin.console.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.event.Level;
import java.io.IOException;
import java.util.Optional;

/** Reads a log event as far as its level, which is all that most of them are asked for. */
final class LevelSniff {

  private static final JsonFactory JSON = new JsonFactory();

  private LevelSniff() {}

  /** Empty when there is no level, or no JSON object. */
  static Optional<Level> of(byte[] record) {
    try (JsonParser in = JSON.createParser(record)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean level = in.currentName().equals("level");
        JsonToken value = in.nextToken();
        if (level) {
          return value.isScalarValue() ? Level.of(in.getText()) : Optional.empty();
        }
        in.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
