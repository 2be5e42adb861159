package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Every parser on rubbish: an outcome, never an exception. */
class ParserPropertyTest {

  private static final int ROUNDS = Integer.getInteger("tocsin.fuzz.rounds", 1);

  private static final Map<String, FrameParser> PARSERS =
      Map.of(
          "STAT;CP=0;CPV=39.20;ID=4;", new TaggedPairsParser(List.of("STAT")),
          "INFO;MSG=GF_COUNT;VAL=1;", new TaggedPairsParser(List.of("STAT")),
          "{\"v\":[1,2.50],\"s\":\"\\u00e7\",\"n\":null}", new FrameFormat.Json("s", null).parser(),
          "1,\"a,\"\"b\",3.5", new FrameFormat.Csv(List.of(), ",", "s", null).parser(),
          "21.5 C", new FrameFormat.Regex(Pattern.compile("(?<t>(.|\\n)*) C"), "s", null).parser());

  @Provide
  Arbitrary<String> examples() {
    return Arbitraries.of(PARSERS.keySet().stream().sorted().toList());
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void aMutatedFrameHasAnOutcome(@ForAll("examples") String example, @ForAll long seed) {
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      byte[] frame = mutated(example, new Random(seed + round));

      // When
      ParsedFrame parsed = PARSERS.get(example).parse(frame);

      // Then
      if (parsed instanceof ParsedFrame.Measurement it) {
        assertThat(it.values().values())
            .allMatch(value -> value instanceof Number || value instanceof String);
      } else if (parsed instanceof ParsedFrame.Message it) {
        assertThat(it.event()).isNotEmpty();
      }
    }
  }

  private static byte[] mutated(String example, Random random) {
    byte[] frame = example.repeat(1 + random.nextInt(3)).getBytes(ISO_8859_1);
    for (int i = random.nextInt(6); i > 0; i--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return frame;
  }
}
