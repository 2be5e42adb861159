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
    return fresh(bytes(body));
  }

  static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always JSON", e);
    }
  }

  /** With instants, enums and records as they stand on the wire. */
  static Response json(Map<String, ? extends @Nullable Object> body) {
    return fresh(EventCodec.encodeObject(body));
  }

  /** 201, with what was made. */
  static Response created(Map<String, ? extends @Nullable Object> body) {
    return Response.of(201, "application/json", EventCodec.encodeObject(body))
        .with("Cache-Control", "no-store");
  }

  /** 204: done, and there is nothing to say about it. */
  static Response nothing() {
    return new Response(204, Map.of("Cache-Control", "no-store"), out -> {}, 0);
  }

  private static Response fresh(byte[] json) {
    return Response.json(json).with("Cache-Control", "no-store");
  }
}
