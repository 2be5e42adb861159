package io.tocsin.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {

  @ParameterizedTest
  @CsvSource({
    "plain, 5, plain",
    "plain, 4, pla…",
    "a<b, 6, a&lt;b",
    "a<b, 5, a…",
    "<!channel>, 100, &lt;!channel&gt;",
    "a&&, 7, a&amp;…",
  })
  void textIsEscapedWithinItsLimit(String text, int limit, String escaped) {
    assertThat(SlackText.escape(text, limit)).isEqualTo(escaped);
  }

  @Test
  void noTextWhateverBreaksTheLimitOrAnEntity() {
    Random random = new Random(11);
    for (int round = 0; round < 5_000; round++) {
      String text =
          random
              .ints(random.nextInt(40), 0, 6)
              .mapToObj(i -> new String[] {"<", "&", ">", "x", "\ud83d\udd25", " "}[i])
              .reduce("", String::concat);
      int limit = 1 + random.nextInt(60);
      String escaped = SlackText.escape(text, limit);
      assertThat(escaped.length()).isLessThanOrEqualTo(limit);
      assertThat(escaped.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&", "<", ">");
      assertThat(escaped.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
      String whole = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      if (whole.length() <= limit) {
        assertThat(escaped).isEqualTo(whole);
      } else {
        assertThat(whole).startsWith(escaped.substring(0, escaped.length() - 1));
        assertThat(escaped).endsWith("…");
      }
    }
  }
}
