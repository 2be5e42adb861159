package io.tocsin.event.ack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementTest {

  private static final String GOLDEN =
      "{\"episode\":\"0a1b-1765368000000\",\"author\":\"ayse\",\"comment\":\"on it\","
          + "\"createdAt\":\"2025-12-10T12:00:00.000Z\"}";

  @Test
  void itReadsAndWritesTheGoldenBytes() {
    // When
    Acknowledgement acknowledgement = AcknowledgementCodec.decode(GOLDEN.getBytes(UTF_8));
    // Then
    assertThat(acknowledgement)
        .isEqualTo(
            new Acknowledgement(
                "0a1b-1765368000000", "ayse", "on it", Instant.parse("2025-12-10T12:00:00Z")));
    assertThat(new String(AcknowledgementCodec.encode(acknowledgement), UTF_8)).isEqualTo(GOLDEN);
    assertThat(acknowledgement.key()).isEqualTo("ack:0a1b-1765368000000");
    assertThat(Acknowledgement.isKey(acknowledgement.key())).isTrue();
    assertThat(Acknowledgement.isKey("sunday-backup")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                | no JSON object
          {}                                                | lacks episode
          {"episode":"e"}                                   | lacks author
          {"episode":"e","author":7}                        | lacks author
          {"episode":"e","author":"a"}                      | lacks createdAt
          {"episode":"e","author":" ","createdAt":"2025-12-10T12:00:00Z"} | needs an author
          """)
  void whatIsNoAcknowledgementIsRefusedWithItsReason(String json, String problem) {
    assertThatThrownBy(() -> AcknowledgementCodec.decode(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
