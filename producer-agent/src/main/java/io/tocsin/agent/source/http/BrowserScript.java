package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.bootstrap.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The script that tells of the errors of a page. */
final class BrowserScript {

  static final String PATH = "/browser.js";

  private final byte[] script;

  BrowserScript(HttpConfig config) {
    try (InputStream in = BrowserScript.class.getResourceAsStream("browser.js")) {
      if (in == null) {
        throw new IllegalStateException("browser.js is missing from the agent's own classes");
      }
      String text = new String(in.readAllBytes(), UTF_8);
      this.script = text.replace("/logs/ingest", config.path()).getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the agent's own classes", e);
    }
  }

  Response response() {
    return Response.of(200, "text/javascript; charset=utf-8", script)
        .with("Cache-Control", "max-age=300")
        .with("Cross-Origin-Resource-Policy", "cross-origin")
        .with("X-Content-Type-Options", "nosniff");
  }
}
