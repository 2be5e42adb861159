package io.tocsin.event.ack;

import java.time.Instant;

/**
 * Somebody takes care of an episode: it escalates no further, and others are told who has it. A
 * record of {@code tocsin.silences} under the key {@link #key}; a tombstone takes it back. It ends
 * with its episode.
 *
 * @param episode which firing of which alert
 * @param author who takes care
 * @param comment what they say, or empty
 * @param createdAt when
 */
public record Acknowledgement(String episode, String author, String comment, Instant createdAt) {

  // A colon, which no silence's id may hold: the two cannot meet on their topic.
  private static final String PREFIX = "ack:";

  public Acknowledgement {
    if (episode.isBlank()) {
      throw new IllegalArgumentException("an acknowledgement needs an episode");
    }
    if (author.isBlank()) {
      throw new IllegalArgumentException("an acknowledgement needs an author");
    }
  }

  /** The key of its record. */
  public String key() {
    return keyOf(episode);
  }

  /** The key of an episode's acknowledgement, if it has one. */
  public static String keyOf(String episode) {
    return PREFIX + episode;
  }

  /** Whether a record of this key is an acknowledgement, and no silence. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }
}
