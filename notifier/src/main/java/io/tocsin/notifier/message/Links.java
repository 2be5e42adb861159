package io.tocsin.notifier.message;

import io.tocsin.event.Alert;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that a message leads to.
 *
 * @param console the console's address as readers reach it; null when there is none
 */
public record Links(@Nullable URI console) {

  /** The alert in the console; null without a console. */
  public @Nullable String alert(Alert alert) {
    if (console == null) {
      return null;
    }
    String base = console.toString();
    return (base.endsWith("/") ? base : base + "/")
        + "?alert="
        + URLEncoder.encode(alert.fingerprint(), StandardCharsets.UTF_8);
  }

  /** Whether a text can be followed as it stands; a runbook may be a path in a repository. */
  public static boolean isAddress(String text) {
    return text.matches("https?://[^\\s<>|\"]+");
  }
}
