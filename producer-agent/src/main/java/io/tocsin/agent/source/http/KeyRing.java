package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may send. Holds digests only, and compares them in constant time. Thread-safe. */
final class KeyRing {

  private static final String BEARER = "bearer ";

  private final List<byte[]> digests;

  KeyRing(List<Secret> keys) {
    this.digests = keys.stream().map(key -> digest(key.reveal())).toList();
  }

  /** How many there are to be told apart; one when there are no keys. */
  int holders() {
    return Math.max(1, digests.size());
  }

  /**
   * Which of the keys a request names.
   *
   * @throws HttpProblem 401 when it names none of them; without keys, when it comes from elsewhere
   */
  int holder(Request request) {
    if (digests.isEmpty()) {
      if (!request.remote().getAddress().isLoopbackAddress()) {
        throw new HttpProblem(401, "without keys only this machine may send; set keys-file");
      }
      return 0;
    }
    @Nullable String given = given(request);
    byte[] digest = digest(given == null ? "" : given);
    int holder = -1;
    for (int i = 0; i < digests.size(); i++) { // all of them, so that the time tells nothing
      holder = MessageDigest.isEqual(digests.get(i), digest) ? i : holder;
    }
    if (holder < 0) {
      throw new HttpProblem(401, "a key is needed: Authorization: Bearer KEY, or X-Api-Key: KEY");
    }
    return holder;
  }

  private static @Nullable String given(Request request) {
    @Nullable String authorization = request.headers().get("authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return request.headers().get("x-api-key");
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
