package io.tocsin.agent.parse;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonFormat implements LineFormat {

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text) {
    try {
      return EventCodec.decodeObject(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
