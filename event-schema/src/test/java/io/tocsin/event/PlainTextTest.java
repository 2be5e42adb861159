package io.tocsin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Property(tries = 3_000)
  void itEndsAtTheFirstByteThatIsNotPlain(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 40) int from) {
    assertSameByByte(bytes, Math.min(from, bytes.length));
  }

  @Test
  void everyByteValueAtEveryPlaceOfAWordIsSeen() {
    Random random = new Random(7);
    for (int value = 0; value < 256; value++) {
      for (int place = 0; place < 24; place++) {
        // Given
        byte[] text = "abcdefghijklmnopqrstuvwx".getBytes(StandardCharsets.US_ASCII);
        text[place] = (byte) value;
        // When what follows is rubbish, a borrow must not hide or shift it
        for (int i = place + 1; i < text.length; i++) {
          text[i] = (byte) random.nextInt();
        }
        // Then
        assertSameByByte(text, 0);
      }
    }
  }

  @Test
  void oneByteThatIsNotAsciiIsSeenAtEveryPlace() {
    for (int place = 0; place < 24; place++) {
      // Given
      byte[] text = "abcdefghijklmnopqrstuvwx".getBytes(StandardCharsets.US_ASCII);
      text[place] = (byte) 0x80;
      // Then
      assertThat(PlainText.isAscii(text, 0, text.length)).isFalse();
      assertThat(PlainText.isAscii(text, 0, place)).isTrue();
      assertThat(PlainText.isAscii(text, place + 1, text.length)).isTrue();
    }
  }

  @Property(tries = 3_000)
  void aByteIsFoundWhereItStandsFirst(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int place) {
    // Given
    int first = Math.min(from, bytes.length);
    if (place < bytes.length) {
      bytes[place] = '\n';
    }
    // When
    int found = PlainText.find('\n', bytes, first, bytes.length);
    // Then
    int expected = first;
    while (expected < bytes.length && bytes[expected] != '\n') {
      expected++;
    }
    assertThat(found).isEqualTo(expected);
  }

  private static void assertSameByByte(byte[] text, int from) {
    assertThat(PlainText.endOfAscii(text, from)).isEqualTo(byByte(text, from, 0));
    assertThat(PlainText.end(text, from, text.length))
        .isEqualTo(byByte(text, from, Byte.MIN_VALUE));
  }

  private static int byByte(byte[] text, int from, int least) {
    for (int i = from; i < text.length; i++) {
      boolean control = text[i] >= 0 && text[i] < ' ';
      if (text[i] < least || control || text[i] == '"' || text[i] == '\\') {
        return i;
      }
    }
    return text.length;
  }
}
