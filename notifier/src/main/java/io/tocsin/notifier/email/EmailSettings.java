package io.tocsin.notifier.email;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Through which server mail goes, from whom and to whom.
 *
 * @param port null for the one that goes with {@code tls}
 * @param caFile whom to trust instead of the platform's authorities, in PEM; null for those
 * @param username null without a login
 * @param password null without a login
 */
public record EmailSettings(
    String host,
    @Nullable Integer port,
    Tls tls,
    @Nullable Path caFile,
    @Nullable String username,
    @Nullable Secret password,
    String from,
    List<String> to,
    Duration timeout) {

  private static final int MOST_RECIPIENTS = 100;

  /** How the connection is made private. */
  public enum Tls {
    /** Begins in plain and must change over before anything is said (RFC 3207). */
    STARTTLS(587),
    /** Private from the first byte (RFC 8314). */
    IMPLICIT(465),
    /** Never. */
    NONE(25);

    private final int port;

    Tls(int port) {
      this.port = port;
    }
  }

  public EmailSettings {
    InvalidValueException.require(
        host.matches("[A-Za-z0-9._:\\[\\]-]+"), "host", host, "must be a host's name or address");
    InvalidValueException.require(
        port == null || (port >= 1 && port <= 65_535), "port", port, "must be from 1 to 65535");
    InvalidValueException.require(
        (username == null) == (password == null),
        "username",
        username,
        "must stand together with password");
    InvalidValueException.require(
        tls != Tls.NONE || password == null || isLoopback(host),
        "tls",
        "none",
        "would show the password to everybody on the way; use starttls or implicit");
    address("from", from);
    InvalidValueException.require(
        !to.isEmpty() && to.size() <= MOST_RECIPIENTS, "to", to, "must be 1 to 100 addresses");
    to.forEach(one -> address("to", one));
    to = List.copyOf(to);
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
  }

  int portOrUsual() {
    return port == null ? tls.port : port;
  }

  /** An address; {@code Tocsin <tocsin@example.com>} will do. */
  static InternetAddress address(String key, String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      InvalidValueException.require(
          address.getAddress().contains("@"), key, text, "must be an address with an @");
      return address;
    } catch (AddressException e) {
      InvalidValueException.require(false, key, text, "must be an e-mail address");
      throw new IllegalStateException(e);
    }
  }
}
