package io.tocsin.notifier.message;

import io.tocsin.event.Alert;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that a message leads to.
 *
 * @param console the console's address as readers reach it; null when there is none
 */
public record Links(@Nullable URI console) {

  private static final List<String> SEARCHED = List.of("service", "host", "device");

  /** The alert in the console; null without a console. */
  public @Nullable String alert(Alert alert) {
    return console == null ? null : page(console) + "?alert=" + encoded(alert.fingerprint());
  }

  /**
   * The console's search, asked for the records around the alert: those of its service, host and
   * device of the last day, else the last record that tipped it. Null without a console, and where
   * nothing is known to ask for.
   */
  public @Nullable String search(Alert alert) {
    if (console == null) {
      return null;
    }
    List<String> asked = new ArrayList<>();
    for (String field : SEARCHED) {
      Object value = alert.group().get(field);
      if (value != null && !value.toString().isBlank()) {
        asked.add(field + "=" + encoded(value.toString()));
      }
    }
    if (!asked.isEmpty()) {
      asked.add("since=24h");
    } else if (!alert.evidence().isEmpty()) {
      asked.add("id=" + encoded(alert.evidence().getLast()));
      asked.add("since=30d");
    }
    return asked.isEmpty() ? null : page(console) + "#" + String.join("&", asked);
  }

  private static String page(URI console) {
    String base = console.toString();
    return base.endsWith("/") ? base : base + "/";
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Whether a text can be followed as it stands; a runbook may be a path in a repository. */
  public static boolean isAddress(String text) {
    return text.matches("https?://[^\\s<>|\"]+");
  }
}
