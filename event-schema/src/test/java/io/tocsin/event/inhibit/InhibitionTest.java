package io.tocsin.event.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InhibitionTest {

  private static final Instant NOON = Instant.parse("2025-12-10T12:00:00Z");

  @Test
  void anAlertIsBoundByTheRulesItNamesWhereTheirSharedFieldsAgree() {
    // Given
    Alert effect = alert("slow", Map.of("service", "api", "host", "a"), List.of("down", "lost"));

    // Then
    assertThat(Inhibition.binds(alert("down", Map.of("service", "api")), effect)).isTrue();
    assertThat(Inhibition.binds(alert("down", Map.of("service", "ui")), effect)).isFalse();
    assertThat(Inhibition.binds(alert("lost", Map.of("device", "x")), effect)).isTrue();
    assertThat(Inhibition.binds(alert("lost", Map.of()), effect)).isTrue();
    assertThat(Inhibition.binds(alert("other", Map.of("service", "api")), effect)).isFalse();
  }

  @Test
  void numbersAgreeByAmountAndNeverWithText() {
    // Given
    Alert effect = alert("slow", Map.of("meta.port", 80), List.of("down"));

    // Then
    assertThat(Inhibition.binds(alert("down", Map.of("meta.port", new BigDecimal("80.0"))), effect))
        .isTrue();
    assertThat(Inhibition.binds(alert("down", Map.of("meta.port", "80")), effect)).isFalse();
  }

  @Test
  void noAlertBindsItself() {
    Alert alert = alert("slow", Map.of(), List.of("slow"));
    assertThat(Inhibition.binds(alert, alert)).isFalse();
  }

  @Test
  void theRulesAreReadBackFromTheWire() throws MalformedEventException {
    Alert alert = alert("slow", Map.of(), List.of("down", "lost"));
    assertThat(Inhibition.rulesOver(EventCodec.decodeAlert(EventCodec.encode(alert))))
        .containsExactly("down", "lost");
    assertThat(alert.annotations()).containsEntry("runbook", "r");
    assertThat(Inhibition.rulesOver(alert("slow", Map.of()))).isEmpty();
  }

  private static Alert alert(String rule, Map<String, Object> group) {
    return alert(rule, group, List.of());
  }

  private static Alert alert(String rule, Map<String, Object> group, List<String> inhibitedBy) {
    String fingerprint = Alert.fingerprintOf(rule, Map.copyOf(group));
    return new Alert(
        fingerprint,
        fingerprint + "-1",
        rule,
        1,
        Severity.LOW,
        Status.FIRING,
        NOON,
        Map.copyOf(group),
        NOON,
        null,
        1,
        1,
        null,
        rule,
        Map.of(),
        Inhibition.annotate(Map.of("runbook", "r"), inhibitedBy),
        List.of(),
        null);
  }
}
