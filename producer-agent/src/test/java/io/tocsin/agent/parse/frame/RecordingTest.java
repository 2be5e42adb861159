package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The recording of a real station, cut at random: always exactly its frames. */
class RecordingTest {

  private static final byte[] CAPTURE = capture();

  /** What a person sees in the file: 30 status frames and 16 of the others. */
  private static final List<String> FRAMES =
      Pattern.compile("<([^<>]*)>")
          .matcher(new String(CAPTURE, ISO_8859_1))
          .results()
          .map((MatchResult match) -> match.group(1))
          .toList();

  @Property(tries = 200)
  void givesExactlyItsFrames(@ForAll @IntRange(min = 1, max = 600) int longest, @ForAll long seed) {
    // When
    CutFrames cut = CutFrames.of(Framings.tagged(4096), CutFrames.pieces(CAPTURE, longest, seed));

    // Then
    assertThat(cut.frames).isEqualTo(FRAMES);
    assertThat(cut.rejections).isEmpty();
    assertThat(cut.noise).hasSize(18).contains("of12").first().asString().startsWith("CSRPI");
  }

  private static byte[] capture() {
    try (InputStream in = RecordingTest.class.getResourceAsStream("/charger/station-a.capture")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
