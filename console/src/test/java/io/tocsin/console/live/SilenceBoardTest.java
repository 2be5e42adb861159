package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceBoardTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private final SilenceBoard board = new SilenceBoard();

  @Test
  void silencesAndAcknowledgementsShareATopicAndAreToldApart() {
    // When
    board.take("s-1", SilenceCodec.encode(silence("s-1")));
    ack("e-1", 0);

    // Then
    assertThat(board.silences()).extracting(Silence::id).containsExactly("s-1");
    assertThat(board.acknowledgement("e-1")).map(Acknowledgement::author).hasValue("ayse");
    assertThat(board.acknowledgement("e-2")).isEmpty();
  }

  @Test
  void aTombstoneAndARecordThatCannotBeReadTakeAwayWhatWasThere() {
    // Given
    board.take("s-1", SilenceCodec.encode(silence("s-1")));
    board.take("s-2", SilenceCodec.encode(silence("s-2")));
    ack("e-1", 0);

    // When
    board.take("s-1", null);
    board.take(Acknowledgement.keyOf("e-1"), null);

    // Then
    assertThatThrownBy(() -> board.take("s-2", "half a rec".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(board.silences()).isEmpty();
    assertThat(board.acknowledgement("e-1")).isEmpty();
  }

  @Test
  void theOldestAcknowledgementsLeaveWhenThereAreTooMany() {
    // When
    for (int i = 0; i < 11_001; i++) {
      ack("e-" + i, i);
    }

    // Then
    assertThat(board.acknowledgement("e-0")).isEmpty();
    assertThat(board.acknowledgement("e-1000")).isEmpty();
    assertThat(board.acknowledgement("e-1001")).isPresent();
    assertThat(board.acknowledgement("e-11000")).isPresent();
  }

  private void ack(String episode, int second) {
    Acknowledgement ack = new Acknowledgement(episode, "ayse", "", T.plusSeconds(second));
    board.take(ack.key(), AcknowledgementCodec.encode(ack));
  }

  private static Silence silence(String id) {
    return new Silence(
        id, AlertMatch.parse(List.of("rule=*")), T, T.plusSeconds(60), null, "ayse", "why", T);
  }
}
