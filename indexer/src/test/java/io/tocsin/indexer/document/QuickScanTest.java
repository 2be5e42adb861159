package io.tocsin.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickScanTest {

  private static final Wanted WANTED = Wanted.of("ts", "id");

  private static final String[] SEEDS = {
    "{\"ts\":\"2026-11-21T10:00:00.000Z\",\"id\":\"a/b/1/2\",\"n\":-1.5e+10,\"t\":[true,false,null,{}]}",
    " {\"id\" : \"x\",\r\n\"meta\":{\"a\":{\"b\":[1,0,[]]},\"ts\":\"no\"}, \"ts\":\"y\" } ",
    "{\"message\":\"g\u00fcn\u00fcn \ud83d\ude00 \\\"q\\\" \\u00e9 \\n\",\"ts\":1,\"id\":{}}",
    "{}"
  };

  private static JsonScan quick(byte[] json) {
    int from = 0;
    while (from < json.length && json[from] <= ' ' && json[from] > 0) {
      from++;
    }
    return QuickScan.of(json, from, WANTED.names());
  }

  private static JsonScan quick(String json) {
    return quick(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everydayRecordsNeedNoParser() {
    for (String seed : SEEDS) {
      assertThat(quick(seed)).as(seed).isNotNull();
    }
    assertThat(quick(SEEDS[0]).texts()).containsExactly("2026-11-21T10:00:00.000Z", "a/b/1/2");
    assertThat(quick(SEEDS[1]).texts()).containsExactly("y", "x");
    assertThat(quick(SEEDS[1]).multiline()).isTrue();
    assertThat(quick(SEEDS[2]).texts()).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\" 1}",
        "{\"a\":1}{}",
        "{\"a\":1}x",
        "{a:1}",
        "{\"\\u0074s\":\"spelt\"}",
        "{\"ts\":\"\\u0032\"}",
        "{\"id\":\"gün\"}"
      })
  void whatIsWrongOrUnusualIsForTheParser(String json) {
    assertThat(quick(json)).isNull();
  }

  @Test
  void deepOnesAreForTheParser() {
    assertThat(quick("{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}")).isNull();
  }

  /** Whatever it accepts, the parser accepts, and reads the same. */
  @Test
  void itNeverSaysOtherwiseThanTheParser() throws UnusableException {
    Random random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] json = SEEDS[i % 3].getBytes(StandardCharsets.UTF_8);
      for (int k = random.nextInt(3); k >= 0; k--) {
        json[random.nextInt(json.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:\\0123eE+-.\n tu".charAt(random.nextInt(21));
      }
      JsonScan quick = quick(json);
      if (quick != null) {
        accepted++;
        JsonScan parsed = JsonScan.parsed(json, quick.from(), WANTED.texts());
        assertThat(quick.texts())
            .as(new String(json, StandardCharsets.UTF_8))
            .isEqualTo(parsed.texts());
        assertThat(quick.multiline()).isEqualTo(parsed.multiline());
      }
    }
    assertThat(accepted).isGreaterThan(10_000);
  }
}
