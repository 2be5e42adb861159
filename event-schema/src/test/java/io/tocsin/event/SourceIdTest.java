package io.tocsin.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIdTest {

  @Property
  void readsBackWhatItWrote(
      @ForAll @AlphaChars @NotEmpty String agent,
      @ForAll @AlphaChars @NotEmpty String source,
      @ForAll @AlphaChars @NotEmpty String epoch,
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long sequence) {
    SourceId id = new SourceId(agent, source, epoch, sequence);
    assertThat(SourceId.parse(id.toString())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a/b/c", "a/b/c/", "a/b/c/x", "a/b/c/-1", "a/b/c/01", "/b/c/1", "a/b/c/1/2"})
  void foreignFormsAreNoSourceIds(String text) {
    assertThat(SourceId.parse(text)).isEmpty();
  }

  @Test
  void aSlashWithinAPartIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourceId("a/b", "s", "e", 0))
        .withMessageContaining("agent");
  }
}
