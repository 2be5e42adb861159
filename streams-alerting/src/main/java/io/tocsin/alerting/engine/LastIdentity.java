package io.tocsin.alerting.engine;

import io.tocsin.event.SourceId;
import org.jspecify.annotations.Nullable;

/** The parts of the id that was read last: every rule that takes in a record asks for the same. */
final class LastIdentity {

  private @Nullable String id;
  private @Nullable String prefix;
  private long sequence;

  /** All of an id but its sequence; null for an id that is no source identity. */
  @SuppressWarnings("ReferenceEquality") // an equal text is as good as another
  @Nullable String prefixOf(String text) {
    if (text != id) {
      id = text;
      prefix = null;
      SourceId.parse(text)
          .ifPresent(
              source -> {
                prefix = text.substring(0, text.lastIndexOf('/') + 1);
                sequence = source.sequence();
              });
    }
    return prefix;
  }

  /** The sequence of the id that was asked for last. */
  long sequence() {
    return sequence;
  }
}
