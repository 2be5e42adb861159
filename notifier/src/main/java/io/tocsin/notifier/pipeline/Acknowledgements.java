package io.tocsin.notifier.pipeline;

import io.tocsin.event.ack.Acknowledgement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes care of which episodes. Immutable, thread-safe. */
final class Acknowledgements {

  static final Acknowledgements NONE = new Acknowledgements(Map.of());

  private final Map<String, Acknowledgement> byKey;

  /** By the key of their records, which holds the episode. */
  Acknowledgements(Map<String, Acknowledgement> byKey) {
    this.byKey = Map.copyOf(byKey);
  }

  /** Who takes care of it; null for nobody. */
  @Nullable Acknowledgement of(String episode) {
    return byKey.get(Acknowledgement.keyOf(episode));
  }
}
