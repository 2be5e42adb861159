package io.tocsin.notifier.message;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An alert's parts in words. What comes from log lines is not escaped; each receiver does so. */
public final class AlertText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AlertText() {}

  /** {@code high}, {@code medium} or {@code low}. */
  public static String severity(Alert alert) {
    return alert.severity().name().toLowerCase(Locale.ROOT);
  }

  /** Such as {@code firing} or {@code fired and resolved}; nothing in it needs to be escaped. */
  public static String status(Notification notification) {
    return switch (notification.kind()) {
      case FIRING -> "firing";
      case ACKNOWLEDGED -> "acknowledged";
      case REPEATED -> "still firing";
      case RESOLVED -> "resolved";
      case BRIEF -> "fired and resolved";
    };
  }

  /**
   * {@code ayse takes care: looking at it}, or {@code ayse took care} of what is over; empty when
   * nobody does.
   */
  public static String care(Notification notification) {
    Acknowledgement acknowledgement = notification.acknowledgement();
    if (acknowledgement == null) {
      return "";
    }
    String comment = acknowledgement.comment();
    return acknowledgement.author()
        + (notification.kind().goesOn() ? " takes care" : " took care")
        + (comment.isBlank() ? "" : ": " + comment);
  }

  /** {@code service=api, host=edge-01}; empty for a rule of one group. */
  public static String group(Alert alert) {
    return alert.group().entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(", "));
  }

  /** {@code value 7, threshold 5, within 1m}; only what there is. */
  public static String measure(Alert alert) {
    List<String> parts = new ArrayList<>();
    add(parts, "value ", alert.value());
    add(parts, "threshold ", alert.threshold());
    add(parts, "within ", alert.window());
    return String.join(", ", parts);
  }

  /** One line for where only one fits: {@code [firing] high api-error-burst: 5 errors …}. */
  public static String headline(Notification notification) {
    Alert alert = notification.alert();
    return "["
        + status(notification)
        + "] "
        + severity(alert)
        + " "
        + alert.rule()
        + ": "
        + alert.summary();
  }

  /** {@code after 3m 10s}, or {@code since 2025-12-10 12:00:04 UTC} while it fires. */
  public static String span(Alert alert) {
    return alert.endsAt() == null
        ? "since " + TIME.format(alert.startsAt())
        : "after " + duration(Duration.between(alert.startsAt(), alert.endsAt()));
  }

  /** The two largest units of a duration: {@code 850ms}, {@code 3m 10s}, {@code 2d 4h}. */
  public static String duration(Duration duration) {
    Duration span = duration.isNegative() ? Duration.ZERO : duration;
    if (span.toSeconds() == 0) {
      return span.toMillis() + "ms";
    }
    List<String> parts = new ArrayList<>();
    unit(parts, span.toDays(), "d");
    unit(parts, span.toHoursPart(), "h");
    unit(parts, span.toMinutesPart(), "m");
    unit(parts, span.toSecondsPart(), "s");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  /** Where it is written what to do; null when the rule does not say. */
  public static @Nullable String runbook(Alert alert) {
    return alert.annotations().get("runbook");
  }

  /** Cuts a text to at most {@code limit} characters, never within one, and shows that it did. */
  public static String clip(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  private static void add(List<String> parts, String what, @Nullable Object value) {
    if (value != null) {
      parts.add(what + value);
    }
  }

  private static void unit(List<String> parts, long amount, String unit) {
    // After the first unit its neighbour follows, even at zero never: "2d" says enough.
    if (amount > 0) {
      parts.add(amount + unit);
    }
  }
}
