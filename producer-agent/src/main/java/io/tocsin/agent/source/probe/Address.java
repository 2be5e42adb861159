package io.tocsin.agent.source.probe;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.ConfigNode;

/**
 * A host and a port.
 *
 * @param host a name or an address, without brackets
 */
public record Address(String host, int port) {

  private static final String RULE = "must be host:port, such as 127.0.0.1:6379 or [::1]:6379";

  public Address {
    require(!host.isBlank(), "", host, RULE);
    require(port >= 1 && port <= 65_535, "", port, "must have a port from 1 to 65535");
  }

  /** Reads {@code host:port}. */
  public static Address fromConfig(ConfigNode node) {
    String text = node.text();
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : withoutBrackets(text.substring(0, colon));
    boolean bare = !text.startsWith("[") && text.indexOf(':') != colon;
    if (host.isBlank() || bare || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw node.invalid(RULE, "");
    }
    return new Address(host, Integer.parseInt(text.substring(colon + 1)));
  }

  /** An address of IPv6 stands in brackets where a port may follow. */
  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
