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
    assertThat(PlainText.endOfAscii(bytes, Math.min(from, bytes.length)))
        .isEqualTo(byByte(bytes, Math.min(from, bytes.length)));
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
        assertThat(PlainText.endOfAscii(text, 0)).isEqualTo(byByte(text, 0));
      }
    }
  }

  private static int byByte(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] < ' ' || text[i] == '"' || text[i] == '\\') {
        return i;
      }
    }
    return text.length;
  }
}
