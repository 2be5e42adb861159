package io.tocsin.notifier.http;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a receiver is called. The address may itself be the secret, as with Slack's webhooks, so it
 * never shows itself.
 */
public final class HttpEndpoint {

  private final URI uri;

  private HttpEndpoint(URI uri) {
    this.uri = uri;
  }

  /**
   * An address that must not be shown.
   *
   * @param key the configuration's key, for the message
   * @throws InvalidValueException when it is no https address; http is good enough on loopback
   */
  public static HttpEndpoint secret(String key, Secret address) {
    Optional<URI> uri = parse(address.reveal().strip());
    InvalidValueException.require(
        uri.isPresent(),
        key,
        null,
        "must hold an https address, such as https://hooks.example.com/…");
    return new HttpEndpoint(uri.orElseThrow());
  }

  /** An address that may be shown when it is wrong. */
  public static HttpEndpoint open(String key, URI address) {
    InvalidValueException.require(isSafe(address), key, address, "must be an https address");
    return new HttpEndpoint(address);
  }

  /**
   * An address that may be shown when it is wrong.
   *
   * @param plainHttp whether http will do beyond loopback too
   */
  public static HttpEndpoint open(String key, URI address, boolean plainHttp) {
    if (!plainHttp) {
      return open(key, address);
    }
    InvalidValueException.require(
        isSafe(address) || isPlain(address), key, address, "must be an https or http address");
    return new HttpEndpoint(address);
  }

  private static boolean isPlain(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme())
        && uri.getHost() != null
        && uri.getUserInfo() == null;
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(HttpEndpoint::isSafe);
    } catch (URISyntaxException e) {
      return Optional.empty(); // its message quotes the address
    }
  }

  private static boolean isSafe(URI uri) {
    String host = uri.getHost();
    if (host == null || uri.getUserInfo() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(uri.getScheme())
        || ("http".equalsIgnoreCase(uri.getScheme()) && isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
  }

  URI uri() {
    return uri;
  }

  /** Never the address. */
  @Override
  public String toString() {
    return "HttpEndpoint";
  }
}
