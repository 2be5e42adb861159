package io.tocsin.cli.deadletters;

import io.tocsin.event.DeadLetter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records were dealt with. A mark is a record beside the letters, written as a letter of the
 * stage {@code replay} or {@code purge} about the same origin: who reads dead letters without
 * knowing of marks sees one line that says what was done. Not thread-safe.
 */
final class Marks {

  /** What a mark's stage makes of its letter. */
  static final Map<String, Status> STATUS =
      Map.of("replay", Status.REPLAYED, "purge", Status.PURGED);

  private record Place(String topic, int partition) {}

  private final Map<Status, Map<Place, OffsetSet>> marked = new EnumMap<>(Status.class);

  /** Takes in a mark; a letter is none. */
  void read(Letter letter) {
    Status status = STATUS.get(letter.content().stage());
    if (status != null) {
      add(letter.origin(), status);
    }
  }

  /** Whether the origin had no such mark. */
  boolean add(Origin origin, Status status) {
    return marked
        .computeIfAbsent(status, s -> new HashMap<>())
        .computeIfAbsent(new Place(origin.topic(), origin.partition()), p -> new OffsetSet())
        .add(origin.offset());
  }

  Status of(Letter letter) {
    Origin origin = letter.origin();
    if (has(origin, Status.REPLAYED)) {
      return Status.REPLAYED;
    }
    return has(origin, Status.PURGED) ? Status.PURGED : Status.OPEN;
  }

  private boolean has(Origin origin, Status status) {
    OffsetSet offsets =
        marked.getOrDefault(status, Map.of()).get(new Place(origin.topic(), origin.partition()));
    return offsets != null && offsets.contains(origin.offset());
  }

  /** The note that a letter was dealt with. */
  static DeadLetter mark(Letter letter, String stage, Instant now, String by) {
    Origin origin = letter.origin();
    DeadLetter content = letter.content();
    return new DeadLetter(
        now,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        stage,
        stage.equals("replay") ? "replayed" : "purged",
        "letter " + letter.name() + ", by " + by,
        content.key(),
        null,
        Map.of(),
        content.id());
  }
}
