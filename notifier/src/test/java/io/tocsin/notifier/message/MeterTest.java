package io.tocsin.notifier.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

  @ParameterizedTest
  @CsvSource({
    "7, 5, ▮▮▮▮▮▮▮│▮▮▮",
    "5, 5, ▮▮▮▮▮▮▮▮▮▮│",
    "3, 14, ▮▮▯▯▯▯▯▯▯▯│",
    "0, 14, ▯▯▯▯▯▯▯▯▯▯│",
    "1000, 1, │▮▮▮▮▮▮▮▮▮▮",
    "0.052, 0.05, ▮▮▮▮▮▮▮▮▮▮│",
    "-3, 5, ''",
    "3, 0, ''",
    "1e308, 5, │▮▮▮▮▮▮▮▮▮▮",
  })
  void valueAndThresholdAreDrawnToOneScale(double value, double threshold, String bar) {
    assertThat(Meter.of(Alerts.measured(value, threshold))).isEqualTo(bar);
  }

  @Test
  void whatIsNoNumberIsNotDrawn() {
    Alert state = Alerts.measured("FAULT_HARD", null);
    assertThat(Meter.of(state)).isEmpty();
    assertThat(Meter.of(Alerts.measured(Double.NaN, 5))).isEmpty();
    assertThat(Meter.of(Alerts.measured(Double.POSITIVE_INFINITY, 5))).isEmpty();
  }
}
