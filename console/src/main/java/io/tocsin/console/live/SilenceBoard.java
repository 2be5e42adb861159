package io.tocsin.console.live;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All silences, and who takes care of which episode, bounded: when there are too many, the oldest
 * acknowledgements leave. Thread-safe.
 */
final class SilenceBoard {

  private static final int MOST_ACKS = 10_000;

  private final Map<String, Silence> silences = new TreeMap<>();
  private final Map<String, Acknowledgement> acks = new HashMap<>();

  /**
   * Takes a record.
   *
   * @param value null when it removes the one before
   * @throws IllegalArgumentException when it is neither; the one before is gone all the same
   */
  synchronized void take(String key, byte @Nullable [] value) {
    silences.remove(key);
    acks.remove(key);
    if (value == null) {
      return;
    }
    if (!Acknowledgement.isKey(key)) {
      silences.put(key, SilenceCodec.decode(value));
      return;
    }
    acks.put(key, AcknowledgementCodec.decode(value));
    // A tenth more than wanted, so that the sorting is not paid for by each one.
    if (acks.size() > MOST_ACKS + MOST_ACKS / 10) {
      acks.entrySet().stream()
          .sorted(Comparator.comparing(entry -> entry.getValue().createdAt()))
          .limit(acks.size() - MOST_ACKS)
          .map(Map.Entry::getKey)
          .toList()
          .forEach(acks::remove);
    }
  }

  synchronized void clear() {
    silences.clear();
    acks.clear();
  }

  /** By id, with those that are over. */
  synchronized List<Silence> silences() {
    return List.copyOf(silences.values());
  }

  synchronized Optional<Acknowledgement> acknowledgement(String episode) {
    return Optional.ofNullable(acks.get(Acknowledgement.keyOf(episode)));
  }
}
