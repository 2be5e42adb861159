package io.tocsin.agent.parse.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherFramersTest {

  @Test
  void aLineIsAFrameWithEitherLineEnd() {
    // When
    CutFrames cut = CutFrames.of(Framings.line(8), "one\r\n\ntwo\n123456789\n12345678\r\nhalf");

    // Then
    assertThat(cut.frames).containsExactly("one", "two", "12345678");
    assertThat(cut.rejections).containsExactly(Rejection.TOO_LONG);
  }

  @Test
  void cobsFramesAreUnstuffed() {
    // Given the examples of Cheshire and Baker: 00, 11 22 00 33 and nothing but a code
    String stream = "\1\1\0" + "\3\21\42\2\63\0" + "\5ab\0" + "\2z\0";

    // When
    CutFrames cut = CutFrames.of(Framings.cobs(8, null), stream);

    // Then
    assertThat(cut.frames).containsExactly("\0", "\21\42\0\63", "z");
    assertThat(cut.rejections).containsExactly(Rejection.BAD_ENCODING);
  }

  @Test
  void slipFramesAreUnescaped() {
    // When
    CutFrames cut =
        CutFrames.of(
            Framings.slip(8, null),
            "\u00C0ab\u00C0\u00DB\u00DC\u00DB\u00DDc\u00C0\u00DBx\u00C0\u00DB\u00C0d\u00C0");

    // Then
    assertThat(cut.frames).containsExactly("ab", "\u00C0\u00DBc", "d");
    assertThat(cut.rejections).containsExactly(Rejection.BAD_ENCODING, Rejection.BAD_ENCODING);
  }

  @Test
  void aLengthLeadsItsFrame() {
    // When
    CutFrames cut = CutFrames.of(Framings.lengthPrefix(2, 300, null), "\0\3abc\0\1d");

    // Then
    assertThat(cut.frames).containsExactly("abc", "d");
  }

  @Test
  void anImpossibleLengthIsSearchedPast() {
    // When
    CutFrames cut = CutFrames.of(Framings.lengthPrefix(2, 300, null), "\u00FF\u00FF\u00FF\0\2ok");

    // Then
    assertThat(cut.frames).containsExactly("ok");
    assertThat(cut.rejections).containsExactly(Rejection.TOO_LONG);
  }

  @Test
  void aWrongChecksumIsSearchedPast() {
    // Given "ab" and its XOR, 3, spoilt and then right
    Framing framing = Framings.lengthPrefix(1, 16, Checksum.XOR);

    // When
    CutFrames cut = CutFrames.of(framing, "\3ab\7\3ab\3");

    // Then
    assertThat(cut.frames).containsExactly("ab");
    assertThat(cut.rejections).containsExactly(Rejection.BAD_CHECKSUM);
  }

  @Test
  void silenceGivesUpOnAHalfFrameThatHasNoMark() throws InterruptedException {
    // Given
    CutFrames cut = new CutFrames();
    Framer framer = Framings.lengthPrefix(1, 16, null).framer(cut);
    framer.accept(new byte[] {9, 'a'}, 2);

    // When
    framer.idle();
    framer.accept(new byte[] {1, 'b'}, 2);

    // Then
    assertThat(cut.frames).containsExactly("b");
    assertThat(cut.rejections).containsExactly(Rejection.TRUNCATED);
  }

  @Test
  void aChecksumIsProvenAndTakenOff() {
    // Given
    Framing framing = new Framing("<", ">", 64, false, null, false, false, Checksum.CRC_16);

    // When the check value of CRC-16/MODBUS, low byte first, and a wrong one
    CutFrames cut = CutFrames.of(framing, "<1234567897K><1234567807K>");

    // Then
    assertThat(cut.frames).containsExactly("123456789");
    assertThat(cut.rejections).containsExactly(Rejection.BAD_CHECKSUM);
  }
}
