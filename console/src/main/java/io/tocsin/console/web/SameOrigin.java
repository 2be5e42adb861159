package io.tocsin.console.web;

import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import java.net.URI;
import java.util.Locale;

/**
 * Lets no other page change anything. A browser sends a form to any address that it is told to,
 * this machine's own too; but it names the page's origin when it does, and it does not send JSON or
 * a DELETE to strangers without asking them first, which the console never answers. Programs that
 * are no browser send no origin and need none.
 */
final class SameOrigin {

  private SameOrigin() {}

  /**
   * Checks a request that changes something.
   *
   * @throws HttpProblem 403 when another page sent it, 415 when its body is not said to be JSON
   */
  static void require(Request request) {
    String site = request.headers().getOrDefault("sec-fetch-site", "none");
    String origin = request.headers().get("origin");
    if (origin != null && !isOwn(origin, request.headers().getOrDefault("host", ""))) {
      throw new HttpProblem(403, "a page of '" + origin + "' may change nothing here");
    }
    if (!site.equals("none") && !site.equals("same-origin")) {
      throw new HttpProblem(403, "a page of another site may change nothing here");
    }
    if (request.method().equals("POST")) {
      String type = request.headers().getOrDefault("content-type", "");
      if (!type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
        throw new HttpProblem(
            415, "Content-Type: '" + type + "' must be application/json, as the body is JSON");
      }
    }
  }

  /** Its scheme may be another: who ends TLS before the console speaks plain HTTP to it. */
  private static boolean isOwn(String origin, String host) {
    try {
      URI uri = URI.create(origin);
      return uri.getRawAuthority() != null && uri.getRawAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
