package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver is to be told about one episode.
 *
 * @param alert the transition; for {@link Kind#BRIEF} the resolved one, which holds both ends; for
 *     {@link Kind#ACKNOWLEDGED} and {@link Kind#REPEATED} the firing
 * @param reference what {@link Outcome.Delivered} gave when the same receiver was told last of the
 *     episode; null when there is none
 * @param acknowledgement who takes care, or took it of what is {@link Kind#RESOLVED}, as far as it
 *     is known; null for other kinds than these
 * @param repetition the how manieth repetition this is, from 1; 0 for other kinds than {@link
 *     Kind#REPEATED}
 */
public record Notification(
    Kind kind,
    Alert alert,
    @Nullable String reference,
    @Nullable Acknowledgement acknowledgement,
    int repetition) {

  /** What is told. An episode's own order: firing, the two in between, resolved. */
  public enum Kind {
    /** An episode began. */
    FIRING,
    /** Somebody takes care of an episode that this receiver was told of, and that still fires. */
    ACKNOWLEDGED,
    /** An episode that this receiver was told of still fires, and nobody takes care of it. */
    REPEATED,
    /** An episode this receiver knows of is over. */
    RESOLVED,
    /**
     * An episode began and is over, and this receiver knew nothing of it: it was away, or limited,
     * or the episode was shorter than a retry. Saying nothing would hide an incident.
     */
    BRIEF;

    /** Whether the episode still goes on. */
    public boolean goesOn() {
      return this == FIRING || this == ACKNOWLEDGED || this == REPEATED;
    }
  }

  /** Of a transition. */
  public Notification(Kind kind, Alert alert, @Nullable String reference) {
    this(kind, alert, reference, null, 0);
  }

  /** Somebody takes care. */
  public static Notification acknowledged(
      Alert firing, @Nullable String reference, Acknowledgement acknowledgement) {
    return new Notification(Kind.ACKNOWLEDGED, firing, reference, acknowledgement, 0);
  }

  /** It is over. */
  public static Notification resolved(
      Alert resolved, @Nullable String reference, @Nullable Acknowledgement acknowledgement) {
    return new Notification(Kind.RESOLVED, resolved, reference, acknowledgement, 0);
  }

  /** It still fires. */
  public static Notification repeated(Alert firing, @Nullable String reference, int repetition) {
    return new Notification(Kind.REPEATED, firing, reference, null, repetition);
  }

  /** The same of an alert that says it in other words. */
  public Notification with(Alert other) {
    return new Notification(kind, other, reference, acknowledgement, repetition);
  }

  /**
   * What tells it from the other notifications about its episode, the same whenever it is tried
   * again: {@code firing}, {@code repeated.2}, {@code acknowledged.1765368009000}.
   */
  public String occasion() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    if (kind == Kind.ACKNOWLEDGED && acknowledgement != null) {
      return word + "." + acknowledgement.createdAt().toEpochMilli();
    }
    return repetition == 0 ? word : word + "." + repetition;
  }
}
