package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.engine.EngineStore;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.ServiceHealth.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthLedgerTest {

  private static final Instant T = Instant.parse("2026-01-01T12:00:00Z");

  private final EngineStore store = EngineStore.inMemory();
  private final HealthLedger ledger = new HealthLedger(store);

  @Test
  void aServiceThatIsSeenIsOk() {
    assertThat(ledger.on(new HealthNews.Seen("api", T)))
        .contains(new ServiceHealth("api", Status.OK, T, T, List.of()));
  }

  @Test
  void seenAgainChangesNothing() {
    // Given
    ledger.on(new HealthNews.Seen("api", T));

    // When / Then
    assertThat(ledger.on(new HealthNews.Seen("api", T.plusSeconds(9)))).isEmpty();
  }

  @Test
  void anUrgentAlertMeansFailedAndStandsFirst() {
    // Given
    ledger.on(fires("a", Severity.LOW, T, "slow"));

    // When
    ServiceHealth health =
        ledger.on(fires("b", Severity.HIGH, T.plusSeconds(5), "down")).orElseThrow();

    // Then
    assertThat(health.status()).isEqualTo(Status.FAILED);
    assertThat(health.since()).isEqualTo(T.plusSeconds(5));
    assertThat(health.reasons()).containsExactly("down", "slow");
  }

  @Test
  void anotherAlertOfTheSameWeightKeepsSince() {
    // Given
    ledger.on(fires("a", Severity.MEDIUM, T, "first"));

    // When
    ServiceHealth health =
        ledger.on(fires("b", Severity.LOW, T.plusSeconds(5), "second")).orElseThrow();

    // Then
    assertThat(health.status()).isEqualTo(Status.DEGRADED);
    assertThat(health.since()).isEqualTo(T);
    assertThat(health.ts()).isEqualTo(T.plusSeconds(5));
  }

  @Test
  void theLastResolveMeansOk() {
    // Given
    ledger.on(fires("a", Severity.HIGH, T, "down"));
    ledger.on(fires("b", Severity.LOW, T, "slow"));

    // When
    var degraded = ledger.on(new HealthNews.Resolves("api", T.plusSeconds(1), "a"));
    var ok = ledger.on(new HealthNews.Resolves("api", T.plusSeconds(2), "b"));

    // Then
    assertThat(degraded).map(ServiceHealth::status).contains(Status.DEGRADED);
    assertThat(ok)
        .contains(
            new ServiceHealth("api", Status.OK, T.plusSeconds(2), T.plusSeconds(2), List.of()));
  }

  @Test
  void servicesWhoseNamesBeginAlikeAreKeptApart() {
    // Given
    ledger.on(new HealthNews.Fires("api-admin", T, "x", Severity.HIGH, "down"));

    // When
    var health = ledger.on(new HealthNews.Seen("api", T));

    // Then
    assertThat(health).map(ServiceHealth::status).contains(Status.OK);
  }

  @Test
  void newsOutOfOrderNeverMakesAStatusBeginBeforeTheLast() {
    // Given
    ledger.on(fires("a", Severity.HIGH, T, "down"));

    // When
    var ok = ledger.on(new HealthNews.Resolves("api", T.minusSeconds(5), "a")).orElseThrow();

    // Then
    assertThat(ok.since()).isEqualTo(T);
  }

  @Test
  void aLedgerMadeAnewCarriesOn() {
    // Given
    ledger.on(fires("a", Severity.HIGH, T, "down"));

    // When
    var health = new HealthLedger(store).on(fires("b", Severity.LOW, T, "slow")).orElseThrow();

    // Then
    assertThat(health.reasons()).containsExactly("down", "slow");
  }

  private static HealthNews fires(String fingerprint, Severity severity, Instant at, String text) {
    return new HealthNews.Fires("api", at, fingerprint, severity, text);
  }
}
