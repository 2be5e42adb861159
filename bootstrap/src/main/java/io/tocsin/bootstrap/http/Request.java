package io.tocsin.bootstrap.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a handler sees it.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param path decoded
 * @param parts what stood for <code>{names}</code> in the route
 * @param query the first value of each parameter, decoded
 * @param headers the first value of each, names in lower case
 * @param remote who asks
 * @param stream the body, unread
 */
public record Request(
    String method,
    String path,
    Map<String, String> parts,
    Map<String, String> query,
    Map<String, String> headers,
    InetSocketAddress remote,
    InputStream stream) {

  /** A query parameter that is there and not blank. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * The whole body.
   *
   * @param maxBytes more than that is refused with 413
   */
  public byte[] body(int maxBytes) throws IOException {
    byte[] bytes = stream.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new HttpProblem(413, "the body is larger than " + maxBytes + " bytes");
    }
    return bytes;
  }
}
