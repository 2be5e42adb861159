package io.tocsin.agent.source.http;

import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pages' scripts may send. A browser names the page in {@code Origin}; a request of a page
 * that is not allowed is refused here too, for a browser sends a plain-text post without asking.
 */
final class CrossOrigin {

  private final List<String> allowed;

  CrossOrigin(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Lets a request pass that comes from no page, or from one that is allowed.
   *
   * @throws HttpProblem 403
   */
  void require(Request request) {
    @Nullable String origin = request.headers().get("origin");
    if (origin != null && !isAllowed(origin)) {
      throw new HttpProblem(403, "the page " + origin + " is not among the allowed origins");
    }
  }

  /** The answer to a browser that asks before it sends. */
  Response preflight(Request request) {
    require(request);
    return marked(request, new Response(204, Map.of(), out -> {}, 0))
        .with("Access-Control-Allow-Methods", "POST")
        .with("Access-Control-Allow-Headers", "authorization, content-type, x-api-key")
        .with("Access-Control-Max-Age", "600");
  }

  /** The same answer, readable by the script that asked. */
  Response marked(Request request, Response response) {
    Response varying = response.with("Vary", "Origin");
    @Nullable String origin = request.headers().get("origin");
    return origin == null || !isAllowed(origin)
        ? varying
        : varying
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Expose-Headers", "Retry-After");
  }

  private boolean isAllowed(String origin) {
    return allowed.contains("*") || allowed.contains(origin);
  }
}
