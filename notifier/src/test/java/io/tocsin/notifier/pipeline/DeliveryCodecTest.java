package io.tocsin.notifier.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.event.Alert.Status;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Delivery.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryCodecTest {

  private static final Delivery FULL =
      new Delivery(
          "f@2025-12-10T12:00:04Z",
          "ops",
          Status.RESOLVED,
          State.EXPIRED,
          true,
          Alerts.START.plusSeconds(9),
          Alerts.START,
          "expired",
          "C1/123.456",
          null);

  private static final Delivery OPEN =
      new Delivery(
          "e",
          "r",
          Status.FIRING,
          State.DELIVERED,
          true,
          Alerts.START,
          Alerts.START,
          null,
          null,
          new Told(Alerts.firing("r", 1), 3, Alerts.START.plusSeconds(9), 2, "ayse"));

  /** Other processes, of other versions, read this. */
  @Test
  void theWireFormIsPinned() {
    assertThat(new String(DeliveryCodec.encode(FULL), UTF_8))
        .isEqualTo(
            "{\"episode\":\"f@2025-12-10T12:00:04Z\",\"receiver\":\"ops\",\"status\":\"resolved\","
                + "\"state\":\"expired\",\"opened\":true,\"at\":\"2025-12-10T12:00:13.000Z\","
                + "\"firstTriedAt\":\"2025-12-10T12:00:04.000Z\",\"reason\":\"expired\","
                + "\"reference\":\"C1/123.456\"}");
    assertThat(new String(DeliveryCodec.keyBytes(FULL), UTF_8))
        .isEqualTo("f@2025-12-10T12:00:04Z/ops");
  }

  @Test
  void whatIsKnownOfAnEpisodeThatGoesOnIsPinned() {
    assertThat(new String(DeliveryCodec.encode(OPEN), UTF_8))
        .contains("\"told\":{\"alert\":{\"fingerprint\":\"")
        .endsWith(
            "\"partition\":3,\"at\":\"2025-12-10T12:00:13.000Z\",\"repetitions\":2,"
                + "\"careOf\":\"ayse\"}}");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Delivery plain =
        new Delivery(
            "e",
            "r",
            Status.FIRING,
            State.DELIVERED,
            false,
            Alerts.START,
            Alerts.START,
            null,
            null,
            null);
    assertThat(DeliveryCodec.decode(DeliveryCodec.encode(FULL))).isEqualTo(FULL);
    assertThat(DeliveryCodec.decode(DeliveryCodec.encode(OPEN))).isEqualTo(OPEN);
    assertThat(DeliveryCodec.decode(DeliveryCodec.encode(plain))).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"episode\":1}", "{\"episode\":\"e\"}"})
  void anythingElseIsRefused(String json) {
    assertThatThrownBy(() -> DeliveryCodec.decode(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
