package io.tocsin.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.event.EventCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON answers, never cached: they are about now. */
final class Answers {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Answers() {}

  static Response json(JsonNode body) {
    try {
      return fresh(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always JSON", e);
    }
  }

  /** With instants, enums and records as they stand on the wire. */
  static Response json(Map<String, ? extends @Nullable Object> body) {
    return fresh(EventCodec.encodeObject(body));
  }

  private static Response fresh(byte[] json) {
    return Response.json(json).with("Cache-Control", "no-store");
  }
}
