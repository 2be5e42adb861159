package io.tocsin.console.web;

import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The page's files, held in memory; a browser asks again each time and mostly hears "unchanged".
 */
final class Assets {

  private static final List<String> FILES =
      List.of(
          "index.html",
          "console.css",
          "app.js",
          "dom.js",
          "alerts.js",
          "health.js",
          "errors.js",
          "devices.js",
          "search.js",
          "histogram.js",
          "changes.js",
          "silences.js",
          "theme.js",
          "favicon.svg",
          "favicon.ico");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "ico", "image/x-icon");

  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  private record Asset(String type, byte[] bytes, String tag) {}

  private final Map<String, Asset> assets = new HashMap<>();

  Assets() {
    FILES.forEach(name -> assets.put(name, load(name)));
  }

  Response file(Request request) {
    return serve(request.parts().getOrDefault("file", ""), request);
  }

  Response serve(String name, Request request) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new HttpProblem(404, "there is nothing at this path");
    }
    Response response =
        asset.tag().equals(request.headers().get("if-none-match"))
            ? new Response(304, Map.of(), out -> {}, 0)
            : Response.of(200, asset.type(), asset.bytes());
    return response.with("ETag", asset.tag()).with("Cache-Control", "no-cache");
  }

  private static Asset load(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      byte[] bytes = in.readAllBytes();
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(type, bytes, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
