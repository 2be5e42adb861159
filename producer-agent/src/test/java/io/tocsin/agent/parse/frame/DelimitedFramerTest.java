package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelimitedFramerTest {

  @Test
  void aFrameIsWhatStandsBetweenTheMarks() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(64), "<CARDEXISTS=1;><ACK;OK;>\r\n<A;\r\nB;>");

    // Then
    assertThat(cut.frames).containsExactly("CARDEXISTS=1;", "ACK;OK;", "A;\r\nB;");
    assertThat(cut.noise).isEmpty();
    assertThat(cut.rejections).isEmpty();
  }

  @Test
  void halfAFrameAtTheBeginningIsNoise() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(64), "STATE=1;PB=0;>\r\n<B;>");

    // Then
    assertThat(cut.frames).containsExactly("B;");
    assertThat(cut.noise).containsExactly("STATE=1;PB=0;>");
  }

  @Test
  void aStartWithinAFrameBeginsItAnew() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(64), "<STAT;CP=1;CP<STAT;CP=2;>");

    // Then
    assertThat(cut.frames).containsExactly("STAT;CP=2;");
    assertThat(cut.rejections).containsExactly(Rejection.TRUNCATED);
    assertThat(cut.rejectedBytes).isEqualTo("STAT;CP=1;CP".length());
  }

  @Test
  void aFrameOfTheGreatestLengthIsTakenAndOneByteMoreIsNot() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(4), "<1234><12345>6><ok>");

    // Then
    assertThat(cut.frames).containsExactly("1234", "ok");
    assertThat(cut.rejections).containsExactly(Rejection.TOO_LONG);
    assertThat(cut.noise).containsExactly(">6>");
  }

  @Test
  void noiseComesLineByLineAndLineEndsAloneAreNone() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(64), "banner v4\r\nof12\n\r\n<A;>\r\nrest");

    // Then
    assertThat(cut.noise).containsExactly("banner v4", "of12", "rest");
  }

  @Test
  void aMegabyteWithoutAnEndIsOneLongFrameAndNoise() {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(4096), "<" + "x".repeat(1 << 20) + "<A;>");

    // Then
    assertThat(cut.frames).containsExactly("A;");
    assertThat(cut.rejections).containsExactly(Rejection.TOO_LONG);
    assertThat(cut.rejectedBytes).isEqualTo(4097);
    assertThat(cut.noise.stream().mapToLong(String::length).sum()).isEqualTo((1 << 20) - 4097);
  }

  @Test
  void marksOfSeveralBytesMayBeginAgainWithinThemselves() {
    // When
    CutFrames cut =
        CutFrames.of(Framings.delimited("AAB", "\r\n", 64), "xAAABone\r\r\nyAABtwo\r\n");

    // Then
    assertThat(cut.frames).containsExactly("one\r", "two");
    assertThat(cut.noise).containsExactly("xA", "y");
  }

  @Test
  void aStreamThatEndsTakesItsHalfFrameWithIt() throws InterruptedException {
    // Given
    CutFrames cut = new CutFrames();
    Framer framer = Framings.tagged(64).framer(cut);
    framer.accept("<STAT;CP=".getBytes(US_ASCII), 9);

    // When
    framer.reset();
    framer.accept("1;><B;>".getBytes(US_ASCII), 7);

    // Then
    assertThat(cut.frames).containsExactly("B;");
    assertThat(cut.rejections).containsExactly(Rejection.TRUNCATED);
  }
}
