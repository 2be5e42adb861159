package io.tocsin.notifier.webhook;

import io.tocsin.bootstrap.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to who is called that the call is ours and as we sent it: {@code t=<seconds>,v1=<hex>},
 * where v1 is HMAC-SHA256 of {@code <seconds>.<body>}. The time is part of it, so that a recorded
 * call can be told from a fresh one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
final class Signature {

  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  static String of(Secret key, Instant now, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
      mac.update((now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + now.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
