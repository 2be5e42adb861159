package io.tocsin.agent.parse;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.RawObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonFormat implements LineFormat {

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text) {
    Line utf8 = line.isIn(StandardCharsets.UTF_8, text) ? line : line.inUtf8(text);
    @Nullable RawObject simple = RawObject.of(utf8.buffer(), utf8.from(), utf8.length());
    if (simple != null) {
      return simple; // most of it only passes through
    }
    try {
      return EventCodec.decodeObject(utf8.buffer(), utf8.from(), utf8.length());
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
