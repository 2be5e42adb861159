package io.tocsin.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended: the sort values of its last document. Clients pass it on and do not look
 * inside.
 */
public record Cursor(ArrayNode values) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 2_000;

  /** Reads what {@link #text} wrote; empty for anything else. */
  public static Optional<Cursor> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
      JsonNode node = JSON.readTree(new String(json, StandardCharsets.UTF_8));
      return node instanceof ArrayNode values && isWhole(values)
          ? Optional.of(new Cursor(values))
          : Optional.empty();
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(ArrayNode values) {
    return values.size() == 3
        && values.get(0).isIntegralNumber()
        && (values.get(1).isTextual() || values.get(1).isNull())
        && values.get(2).isIntegralNumber();
  }

  /** The time of the document where the page ended. */
  public Instant time() {
    return Instant.ofEpochMilli(values.get(0).asLong());
  }

  /** For a URL. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(values.toString().getBytes(StandardCharsets.UTF_8));
  }
}
