package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.agent.parse.EventMapper;
import io.tocsin.agent.parse.FieldNames;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body: one JSON object, an array of them, or one after the other (NDJSON). What cannot be
 * read is refused, for its sender is there to be told. Thread-safe.
 */
final class EventBatch {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(EventCodec.MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** So much of a value is shown to who sent it. */
  private static final int SHOWN = 60;

  private final HttpConfig config;
  private final FieldNames fields;

  EventBatch(HttpConfig config) {
    this.config = config;
    FieldNames own = config.fields();
    this.fields =
        own.service() != null
            ? own
            : new FieldNames(
                own.ts(), "service", own.level(), own.event(), own.message(), own.meta());
  }

  /**
   * The events, without host, source and id.
   *
   * @param receivedAt the time of events that have none
   * @throws BadEventException for the first that cannot be taken
   */
  List<LogEvent> read(byte[] body, Instant receivedAt) {
    List<LogEvent> events = new ArrayList<>();
    // The position is known to the doubts: a list grows only by events that were good.
    EventMapper mapper =
        new EventMapper(
            config.service() == null ? "" : config.service(),
            fields,
            config.zone(),
            new Refusals(events));
    try (JsonParser in = MAPPER.createParser(text(body))) {
      JsonToken token = in.nextToken();
      if (token == null) {
        throw new BadEventException(0, "the body is empty");
      }
      boolean array = token == JsonToken.START_ARRAY;
      token = array ? in.nextToken() : token;
      while (token != (array ? JsonToken.END_ARRAY : null)) {
        events.add(event(in, token, events.size(), mapper, receivedAt));
        token = in.nextToken();
      }
      if (array && in.nextToken() != null) {
        throw new BadEventException(events.size(), "something follows the array");
      }
    } catch (JsonProcessingException e) {
      throw new BadEventException(events.size(), "is not JSON: " + where(e));
    } catch (IOException e) {
      throw new BadEventException(events.size(), "is not JSON");
    }
    return events;
  }

  private static LogEvent event(
      JsonParser in, @Nullable JsonToken token, int index, EventMapper mapper, Instant receivedAt)
      throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new BadEventException(index, "is no JSON object");
    }
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> object = in.readValueAs(LinkedHashMap.class);
    if (object.isEmpty()) {
      throw new BadEventException(index, "is an empty object");
    }
    LogEvent event = mapper.event(object, receivedAt);
    if (event.service().isBlank()) {
      throw new BadEventException(index, "has no service");
    }
    return event;
  }

  private static String text(byte[] body) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BadEventException(0, "the body is not UTF-8");
    }
  }

  private static String where(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    return shown(String.valueOf(e.getOriginalMessage()), 3 * SHOWN) + place;
  }

  private static String shown(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }

  /** A guess would be a lie, and who knows better can be asked. */
  private record Refusals(List<LogEvent> before) implements EventMapper.Doubts {

    @Override
    public void ts(@Nullable String raw, Map<String, @Nullable Object> meta) {
      if (raw != null) {
        throw new BadEventException(
            before.size(), "ts is no time that can be read: " + shown(raw, SHOWN));
      }
    }

    @Override
    public void level(String raw, Map<String, @Nullable Object> meta) {
      throw new BadEventException(before.size(), "level is unknown: " + shown(raw, SHOWN));
    }
  }
}
