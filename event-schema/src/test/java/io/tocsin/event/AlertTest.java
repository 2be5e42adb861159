package io.tocsin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {

  @Test
  void theFingerprintHangsOnRuleAndGroupAlone() {
    Map<String, Object> ab = new LinkedHashMap<>();
    ab.put("a", "1");
    ab.put("b", "2");
    Map<String, Object> ba = new LinkedHashMap<>();
    ba.put("b", "2");
    ba.put("a", "1");
    assertThat(Alert.fingerprintOf("r", ab))
        .isEqualTo(Alert.fingerprintOf("r", ba))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(Alert.fingerprintOf("s", ab))
        .isNotEqualTo(Alert.fingerprintOf("r", Map.of("a", "1")));
  }

  @Test
  void textThatImitatesAFieldIsNotOne() {
    assertThat(Alert.fingerprintOf("r", Map.of("a", "1", "b", "2")))
        .isNotEqualTo(Alert.fingerprintOf("r", Map.of("a", "1,b=2")));
  }
}
