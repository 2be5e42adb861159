package io.tocsin.agent.parse.frame;

import io.tocsin.event.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a frame says. The maps are the receiver's own and may be added to. */
public sealed interface ParsedFrame {

  /**
   * It measures.
   *
   * @param kind the telemetry's kind
   * @param values name to {@link Number} or {@link String}
   * @param meta what has no name or is no value
   */
  record Measurement(
      String kind, Map<String, @Nullable Object> values, Map<String, @Nullable Object> meta)
      implements ParsedFrame {}

  /**
   * It tells.
   *
   * @param event a short key
   * @param message for people
   * @param meta every pair of it
   */
  record Message(Level level, String event, String message, Map<String, @Nullable Object> meta)
      implements ParsedFrame {}

  /** It is not in its format. */
  record Unreadable(Rejection reason) implements ParsedFrame {}
}
