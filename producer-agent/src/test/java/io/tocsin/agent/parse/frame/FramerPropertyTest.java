package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Every framer on rubbish: no exception, the same frames however the stream is cut, the next good
 * frame found, nothing made up. {@code -Dtocsin.fuzz.rounds=N} runs it N times as long.
 */
class FramerPropertyTest {

  private static final int ROUNDS = Integer.getInteger("tocsin.fuzz.rounds", 1);
  private static final int STREAM_BYTES = 2000;

  /** A framing, a good frame as it comes down the wire after rubbish, and what it holds. */
  record Kind(String name, Framing framing, String good, String content) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Provide
  Arbitrary<Kind> kinds() {
    return Arbitraries.of(
        new Kind("tagged", Framings.tagged(64), "<STAT;CP=0;>", "STAT;CP=0;"),
        // The bar keeps rubbish that ends in "ba" from ending with the first byte of a good frame.
        new Kind("marks", Framings.delimited("aab", "baa", 64), "|aab12baa", "12"),
        new Kind("line", Framings.line(64), "\ngood\n", "good"),
        new Kind("cobs", Framings.cobs(64, null), "\0\5good\0", "good"),
        new Kind("cobs crc-8", Framings.cobs(64, Checksum.CRC_8), "\0\3\1\u0007\0", "\1"),
        new Kind("slip", Framings.slip(64, null), "\u00C0good\u00C0", "good"),
        new Kind("prefix 1", Framings.lengthPrefix(1, 64, null), "\4good", "good"),
        new Kind("prefix 2 xor", Framings.lengthPrefix(2, 64, Checksum.XOR), "\0\3ab\3", "ab"),
        new Kind("prefix 4", Framings.lengthPrefix(4, 64, null), "\0\0\0\4good", "good"));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void framesDoNotDependOnHowTheStreamIsCut(@ForAll("kinds") Kind kind, @ForAll long seed) {
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      byte[] stream = stream(kind, new Random(seed + round));

      // When
      CutFrames whole = CutFrames.of(kind.framing(), stream);
      CutFrames cut = CutFrames.of(kind.framing(), CutFrames.pieces(stream, 7, seed + round));

      // Then
      assertThat(cut.frames).isEqualTo(whole.frames);
      assertThat(cut.rejections).isEqualTo(whole.rejections);
      assertThat(cut.noise).isEqualTo(whole.noise);
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void theNextGoodFrameAfterRubbishIsFound(@ForAll("kinds") Kind kind, @ForAll long seed)
      throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      byte[] rubbish = stream(kind, new Random(seed + round));
      CutFrames cut = new CutFrames();
      Framer framer = kind.framing().framer(cut);
      framer.accept(rubbish, rubbish.length);
      framer.idle();

      // When
      byte[] good = kind.good().getBytes(ISO_8859_1);
      framer.accept(good, good.length);

      // Then
      assertThat(cut.frames).isNotEmpty().last().isEqualTo(kind.content());
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void nothingIsMadeUpAndNothingGrows(@ForAll("kinds") Kind kind, @ForAll long seed)
      throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      byte[] stream = stream(kind, new Random(seed + round));
      CutFrames cut = new CutFrames();
      Framer framer = kind.framing().framer(cut);

      // When
      framer.accept(stream, stream.length);
      framer.reset();

      // Then
      assertThat(cut.frames).allMatch(frame -> frame.length() <= kind.framing().maxBytes());
      assertThat(length(cut.frames) + length(cut.noise)).isLessThanOrEqualTo(stream.length);
    }
  }

  private static long length(Iterable<String> texts) {
    long sum = 0;
    for (String text : texts) {
      sum += text.length();
    }
    return sum;
  }

  /** Good frames, half of them mutated, between random bytes rich in the framing's own. */
  private static byte[] stream(Kind kind, Random random) {
    byte[] good = kind.good().getBytes(ISO_8859_1);
    byte[] stream = new byte[STREAM_BYTES];
    int at = 0;
    while (at < stream.length) {
      boolean frame = random.nextInt(3) == 0;
      int length = Math.min(frame ? good.length : random.nextInt(200), stream.length - at);
      int spoilt = random.nextBoolean() ? random.nextInt(good.length) : -1;
      for (int i = 0; i < length; i++) {
        boolean own = frame ? i != spoilt : random.nextInt(4) == 0;
        int position = frame ? i : random.nextInt(good.length);
        stream[at++] = own ? good[position] : (byte) random.nextInt(256);
      }
    }
    return stream;
  }
}
