package io.tocsin.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.agent.spool.SpoolInspection.SegmentState;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into spools in use, closed and damaged. */
class SpoolInspectionTest {

  @TempDir Path dir;

  @Test
  void aSpoolInUseIsSeenAndLeftAlone() throws Exception {
    try (SpoolBox box = new SpoolBox(dir)) {
      // Given: three segments, the first twenty records acknowledged but the cursor not saved
      for (int i = 0; i < 60; i++) {
        box.keep("record number " + i);
      }
      Map<Path, Long> before = sizes();

      // When
      SpoolInspection found = SpoolInspection.of(dir);

      // Then
      assertThat(found.unacknowledged()).isEqualTo(60);
      assertThat(found.segments()).hasSizeGreaterThan(1);
      assertThat(found.segments().getFirst().first()).isZero();
      assertThat(found.segments().getLast().last()).isEqualTo(59);
      assertThat(found.segments()).allMatch(s -> s.damagedPlaces() == 0 && s.tornBytes() == 0);
      assertThat(found.bytes()).isEqualTo(box.spool.bytes());
      assertThat(found.cleanlyClosed()).isFalse();
      assertThat(sizes()).isEqualTo(before);
      assertThat(box.drain()).as("the spool itself noticed nothing").hasSize(60);
    }
  }

  @Test
  void afterAnOrderlyStopItSaysSoAndCountsWhatWaits() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir)) {
      for (String text : List.of("one", "two", "three", "four")) {
        box.keep(text);
      }
      box.spool.acknowledge(3);
    }

    // When
    SpoolInspection found = SpoolInspection.of(dir);

    // Then
    assertThat(found.cleanlyClosed()).isTrue();
    assertThat(found.acknowledged()).isEqualTo(3);
    assertThat(found.unacknowledged()).isEqualTo(1);
    assertThat(found.epoch()).isNotEmpty();
  }

  @Test
  void damageIsFoundWhereItIs() throws Exception {
    // Given: a bit flipped in the second record, and half a record behind the last one
    try (SpoolBox box = new SpoolBox(dir)) {
      for (String text : List.of("one", "two", "three")) {
        box.keep(text);
      }
    }
    Path segment = SpoolBox.segments(dir).getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    int second = Segment.START + Frame.HEADER + "one".length();
    bytes[second + Frame.HEADER] ^= 1;
    byte[] torn = java.util.Arrays.copyOf(bytes, bytes.length + 5);
    Files.write(segment, torn);
    Files.write(dir.resolve(segment.getFileName() + ".corrupt"), torn);

    // When
    SpoolInspection found = SpoolInspection.of(dir);

    // Then
    SegmentState state = found.segments().getFirst();
    assertThat(state.records()).isEqualTo(2);
    assertThat(state.damagedPlaces()).isEqualTo(1);
    assertThat(state.tornBytes()).isEqualTo(5);
    assertThat(found.quarantined()).hasSize(1);
  }

  @Test
  void aFolderWithoutASpoolIsSaidToBeNone() {
    assertThatThrownBy(() -> SpoolInspection.of(dir.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none");
  }

  private Map<Path, Long> sizes() throws IOException {
    Map<Path, Long> sizes = new HashMap<>();
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        sizes.put(file, Files.size(file));
      }
    }
    return sizes;
  }
}
