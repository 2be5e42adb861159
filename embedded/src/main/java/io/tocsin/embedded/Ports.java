package io.tocsin.embedded;

/** TCP port numbers as options give them. */
final class Ports {
  private Ports() {}

  static void require(String owner, int port) {
    if (port < 0 || port > 65_535) {
      throw new EmbeddedException(
          "%s: port %d is none. Use 1 to 65535, or 0 for any free one.".formatted(owner, port));
    }
  }
}
