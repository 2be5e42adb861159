package io.tocsin.bootstrap.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers extra headers
 * @param body writes the body; a stream that flushes reaches the client at once
 * @param length the body's length in bytes, or -1 when it is not known before
 */
public record Response(int status, Map<String, String> headers, Body body, long length) {

  /** Writes a body; may block, on the request's own virtual thread, until the client goes. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(
        status, Map.of("Content-Type", contentType), out -> out.write(body), body.length);
  }

  public static Response json(byte[] body) {
    return of(200, "application/json", body);
  }

  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of unknown length, such as a stream of events. */
  public static Response stream(String contentType, Body body) {
    return new Response(200, Map.of("Content-Type", contentType), body, -1);
  }

  /** The same answer with one more header. */
  public Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body, length);
  }
}
