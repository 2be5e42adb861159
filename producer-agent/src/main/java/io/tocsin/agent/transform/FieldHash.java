package io.tocsin.agent.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the values of some fields by keyed hashes of them (HMAC-SHA-256, 96 bits of it): the
 * same value always by the same, so that they can be counted, and none to be found out without the
 * key. Thread-safe.
 */
final class FieldHash {

  private static final String ALGORITHM = "HmacSHA256";

  /** Two of a billion users are taken for one with a chance below one in 10^10. */
  private static final int BYTES = 12;

  /** Digits; a number that would fill the memory with its zeros is taken as it is written. */
  private static final int LONGEST_NUMBER = 100;

  private final List<String> fields;
  private final SecretKeySpec key;

  FieldHash(HashSettings settings) {
    this.fields = settings.fields();
    this.key = new SecretKeySpec(settings.key().reveal().getBytes(UTF_8), ALGORITHM);
  }

  /**
   * Puts hashes into a copy of a record's fields.
   *
   * @return how many
   */
  int replace(Map<String, @Nullable Object> original, Map<String, @Nullable Object> copy) {
    int count = 0;
    for (String field : fields) {
      count += replace(original, copy, field);
    }
    return count;
  }

  @SuppressWarnings("unchecked")
  private int replace(
      Map<String, @Nullable Object> original, Map<String, @Nullable Object> copy, String path) {
    Object value = original.get(path);
    if (value != null) {
      copy.put(path, hashed(value));
      return 1;
    }
    int dot = path.indexOf('.');
    if (dot > 0
        && original.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        && copy.get(path.substring(0, dot)) instanceof Map<?, ?> innerCopy) {
      return replace(
          (Map<String, @Nullable Object>) inner,
          (Map<String, @Nullable Object>) innerCopy,
          path.substring(dot + 1));
    }
    return 0;
  }

  private Object hashed(Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(item -> item == null ? "null" : hashed(item)).toList();
      // 42, 42.0 and "42" are one user.
      case BigDecimal number when Math.abs((long) number.scale()) <= LONGEST_NUMBER ->
          hash(number.stripTrailingZeros().toPlainString());
      default -> hash(value.toString());
    };
  }

  private String hash(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] digest = mac.doFinal(value.getBytes(UTF_8));
      return "hash:" + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
