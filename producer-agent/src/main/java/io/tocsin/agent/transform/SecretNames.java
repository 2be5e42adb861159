package io.tocsin.agent.transform;

import java.util.Locale;
import java.util.Set;

/** Tells by its name that a field holds a secret. */
final class SecretNames {

  /** A longer name is looked at from here to its end. */
  static final int LONGEST = 64;

  private static final Set<String> WHOLE =
      Set.of("pass", "pwd", "token", "authorization", "proxyauthorization", "cookie", "setcookie");

  private static final Set<String> WITHIN =
      Set.of("password", "passwd", "passphrase", "credential", "apikey", "secretkey", "privatekey");

  private static final Set<String> AT_THE_END =
      Set.of("secret", "token", "accesskey", "authkey", "pwd");

  private SecretNames() {}

  /** A name in any case, its parts joined or parted by dashes, underscores, dots or blanks. */
  static boolean isSecret(String name) {
    String plain = plain(name);
    return WHOLE.contains(plain)
        || WITHIN.stream().anyMatch(plain::contains)
        || AT_THE_END.stream().anyMatch(plain::endsWith);
  }

  /** A field whose value is all that follows in its line. */
  static boolean takesTheLine(String name) {
    String plain = plain(name);
    return plain.endsWith("authorization") || plain.endsWith("cookie");
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
