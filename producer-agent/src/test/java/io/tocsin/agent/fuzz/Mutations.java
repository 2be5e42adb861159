package io.tocsin.agent.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/**
 * Bytes that are nearly right, and bytes that are not. The same ones for the same seed; {@code
 * tocsin.fuzz.seed} gives others.
 */
public final class Mutations {

  private static final int LONGEST_RUBBISH = 300;

  private final List<byte[]> examples;
  private final Random random;

  /** Of these examples, in UTF-8. */
  public Mutations(List<String> examples, long seed) {
    this.examples = examples.stream().map(text -> text.getBytes(UTF_8)).toList();
    this.random = new Random(seed ^ Long.getLong("tocsin.fuzz.seed", 0));
  }

  /** Of bytes, one a character. */
  public static Mutations ofBytes(List<String> examples, long seed) {
    Mutations mutations = new Mutations(List.of(), seed);
    return new Mutations(
        examples.stream().map(text -> text.getBytes(ISO_8859_1)).toList(), mutations.random);
  }

  private Mutations(List<byte[]> examples, Random random) {
    this.examples = examples;
    this.random = random;
  }

  /** Another one: one time in eight pure chance, else an example after up to eight changes. */
  public byte[] next() {
    if (random.nextInt(8) == 0) {
      return chance(random.nextInt(LONGEST_RUBBISH));
    }
    byte[] bytes = example().clone();
    for (int changes = random.nextInt(9); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> joined(bytes, 0, at, chance(1), bytes, Math.min(at + 1, bytes.length));
      case 1 -> joined(bytes, 0, at, chance(1 + random.nextInt(8)), bytes, at);
      case 2 -> joined(bytes, 0, at, new byte[0], bytes, to);
      case 3 -> joined(bytes, 0, to, new byte[0], bytes, at); // a piece twice
      case 4 -> joined(bytes, 0, at, piece(), bytes, at);
      default -> joined(bytes, 0, at, new byte[0], bytes, bytes.length);
    };
  }

  private byte[] piece() {
    byte[] from = example();
    int at = random.nextInt(from.length + 1);
    int to = at + random.nextInt(from.length - at + 1);
    return joined(from, at, to, new byte[0], from, from.length);
  }

  private byte[] example() {
    return examples.get(random.nextInt(examples.size()));
  }

  private byte[] chance(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(
      byte[] head, int from, int to, byte[] middle, byte[] tail, int tailFrom) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head, from, to - from);
    bytes.writeBytes(middle);
    bytes.write(tail, tailFrom, tail.length - tailFrom);
    return bytes.toByteArray();
  }
}
