package io.tocsin.notifier.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Alerts;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.85S, 850ms",
    "PT59.9S, 59s",
    "PT3M10S, 3m 10s",
    "PT1H, 1h",
    "PT1H0M5S, 1h 5s",
    "P2DT4H3M, 2d 4h",
    "PT-5S, 0ms"
  })
  void aDurationIsItsTwoLargestUnits(Duration duration, String text) {
    assertThat(AlertText.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, ab…",
    "a\ud83d\udd25bc, 3, a…",
    "a\ud83d\udd25b, 4, a\ud83d\udd25b"
  })
  void aTextIsNeverCutWithinACharacter(String text, int limit, String clipped) {
    assertThat(AlertText.clip(text, limit)).isEqualTo(clipped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://console:8080", "http://console:8080/"})
  void aLinkLeadsToTheAlert(URI console) {
    assertThat(new Links(console).alert(Alerts.firing("r", 1)))
        .matches("http://console:8080/\\?alert=[0-9a-f]{32}");
    assertThat(new Links(null).alert(Alerts.firing("r", 1))).isNull();
  }

  @Test
  void onlyAWholeAddressIsALink() {
    assertThat(Links.isAddress("https://wiki/runbook#x")).isTrue();
    assertThat(Links.isAddress("docs/runbook.md")).isFalse();
    assertThat(Links.isAddress("https://wiki/a|b")).isFalse();
    assertThat(Links.isAddress("javascript:alert(1)")).isFalse();
  }
}
