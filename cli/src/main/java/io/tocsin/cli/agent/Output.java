package io.tocsin.cli.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;

/** How a command shows what it found. */
enum Output {
  TEXT,
  JSON;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One JSON object a line. */
  static void line(PrintWriter out, Map<String, ?> object) {
    try {
      out.println(MAPPER.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON", e);
    }
  }
}
